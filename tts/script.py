"""What is heard in a bulletin, in order: chimes, breaths with their voices, recorded parts."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from tts.craft import Craft
from tts.emphasis import emphasised
from tts.sentences import breathe
from tts.turns import Role, turns

# Long enough for the last note to leave the horns.
AFTER_CHIME_MS = 600
# Between two languages, and before the repetition: a listener turns round.
BETWEEN_PARTS_MS = 1_200
AGAIN = "Xin nhắc lại."


class Chime(msgspec.Struct, frozen=True, tag=True):
    """The signature of the station."""

    which: Literal["opening", "closing"]
    pause_ms: int


class Said(msgspec.Struct, frozen=True, tag=True):
    """One breath. `voice` is written `engine:voice`."""

    voice: str
    text: str
    pause_ms: int


class Recorded(msgspec.Struct, frozen=True, tag=True):
    """The recorded part of this number."""

    part: int
    pause_ms: int


Line = Chime | Said | Recorded
Script = tuple[Line, ...]


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """The spoken words of a bulletin; `identification` and `closing` may be empty."""

    text: str
    identification: str = ""
    closing: str = ""


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Who speaks (`engine:voice`), and how many recorded parts come before and after."""

    announcer: str
    answerer: str
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


def write(spoken: Spoken, cast: Cast, craft: Craft) -> Script:
    """The script of a bulletin; every word of `spoken` once, the text twice if it is repeated."""
    return tuple(_lines(spoken, cast, craft))


def _lines(spoken: Spoken, cast: Cast, craft: Craft) -> Iterator[Line]:
    if craft.chime:
        yield Chime("opening", AFTER_CHIME_MS)
    yield from _said(spoken.identification, cast.announcer)
    yield from (Recorded(part, BETWEEN_PARTS_MS) for part in cast.before)
    text = tuple(_text(spoken.text, cast))
    yield from text
    if craft.repeat:
        yield Said(cast.announcer, AGAIN, BETWEEN_PARTS_MS)
        yield from text
    yield from (Recorded(part, BETWEEN_PARTS_MS) for part in cast.after)
    yield from _said(spoken.closing, cast.announcer)
    if craft.chime:
        yield Chime("closing", 0)


def _text(spoken: str, cast: Cast) -> Iterator[Said]:
    for turn in turns(spoken):
        voice = cast.answerer if turn.role is Role.ANSWERER else cast.announcer
        yield from _said(turn.text, voice)


def _said(spoken: str, voice: str) -> Iterator[Said]:
    for breath in breathe(emphasised(spoken)):
        if any(map(str.isalpha, breath.text)):  # a mark alone is no work for a voice
            yield Said(voice, breath.text, breath.pause_ms)
