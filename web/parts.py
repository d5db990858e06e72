"""Parts: what every page may reach, kept in one place on the app."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, current_app

from controller.hooks.ports import Poster
from controller.papers.process import DocumentReader
from controller.ports import Media, Prober, Signer
from controller.settings import Settings
from controller.store import Store
from tts.ports import VoiceInfo

_KEY = "truyen_thanh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """`now` gives aware UTC; `nudge` asks the controller to look at its rows, and never fails.

    `push_key` is the public key by which push services know this server.
    """

    settings: Settings
    store: Store
    media: Media
    signer: Signer
    voices: Callable[[], list[VoiceInfo]]
    documents: DocumentReader
    prober: Prober
    poster: Poster
    nudge: Callable[[], None]
    push_key: Callable[[], str]
    now: Callable[[], datetime]


def install(app: Flask, parts: Parts) -> None:
    """Give the app its parts."""
    app.extensions[_KEY] = parts


def parts() -> Parts:
    """The parts of the app that answers this request."""
    found: Parts = current_app.extensions[_KEY]
    return found


def wall_clock() -> datetime:
    """The time of this machine, aware, in UTC."""
    return datetime.now(UTC)
