"""Relay form: which programme a bulletin takes over and for how long, as typed, and its meaning."""

import re

from flask import g
from msgspec import Struct
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from controller.drafts import Draft
from controller.model import RelaySource
from controller.relays import sources
from web.parts import parts

STAND_IN = "Sóng tiếp phát đang bị gián đoạn. Mời bà con chờ trong giây lát."
"""Read in place of a stream that fails, when the officer wrote nothing else."""

_MINUTES = re.compile(r"\d{1,3}([.,]\d{1,2})?")


class Relayed(Struct, kw_only=True):
    """The fields; `source` and `minutes` count when `relay` is "yes"."""

    relay: str = ""
    source: str = ""
    minutes: str = "30"


def typed(form: MultiDict[str, str]) -> Relayed:
    """What was sent, whatever it is."""
    return Relayed(
        relay="yes" if form.get("relay") == "yes" else "",
        source=form.get("source", ""),
        minutes=form.get("minutes", "").strip(),
    )


def of(draft: Draft) -> Relayed:
    """A saved relay as typed fields."""
    if not draft.relay_source:
        return Relayed()
    minutes = f"{draft.relay_s / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return Relayed(relay="yes", source=draft.relay_source, minutes=minutes)


def slot_of(given: Relayed) -> tuple[str, int]:
    """The source and the seconds that are meant; ("", 0) for no relay.

    A choice that was forgotten is a source that does not exist, an unreadable length is none: the
    use case says so.
    """
    if not given.relay:
        return "", 0
    readable = _MINUTES.fullmatch(given.minutes)
    seconds = round(60 * float(given.minutes.replace(",", "."))) if readable else 0
    return given.source or "-", seconds


def offered(session: Session) -> list[RelaySource]:
    """What may be chosen here."""
    return sources.listing(session, g.who, now=parts().now())


def own_name(session: Session, given: Relayed) -> str:
    """What a relay without a typed title is called; "" for what is no relay."""
    names = (row.name for row in offered(session) if given.relay and row.id == given.source)
    return next((f"Tiếp sóng {name}" for name in names), "")
