"""Reading: a text in stretches, each with what the voice says beneath it where that differs."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from msgspec import Struct, structs

from tts.normalise.read import tidy

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng

_CLOSING = frozenset(".,;:!?…)]”»")


class Part(Struct, frozen=True):
    """A stretch as it is written; `spoken` is "" where the voice says just that.

    `unknown` is the token, where no rule knows how to read it. `tail` are the marks right after
    a stretch that is read otherwise: they begin no line of their own.
    """

    text: str
    spoken: str = ""
    unknown: str = ""
    tail: str = ""


class Place(Struct, frozen=True):
    """The stretch of a text that stopped its recording, between what stands around it."""

    before: str
    source: str
    after: str
    spoken: str


def parts_of(reading: dict[str, Any] | None) -> list[Part]:
    """The text that was read, as stretches that together are all of it; empty without a reading.

    Spans count in the reading's own `text`; one that does not fit there is passed over.
    """
    if not reading:
        return []
    said = {tuple(piece["span"]): Part("", piece["spoken"]) for piece in reading["map"]}
    for each in reading["unknown"]:
        span = tuple(each["span"])
        said[span] = structs.replace(said.get(span, Part("")), unknown=each["token"])
    return list(_joined(_cut(str(reading.get("text", "")), sorted(said.items()))))


def place_of(text: str, facts: dict[str, Any] | None) -> Place | None:
    """Where in a bulletin's text the reading would change the meaning; None when it does not.

    None too when it is not the text but what is said before or after it.
    """
    if not facts or facts["code"] != "meaning_changed":
        return None
    read, start, end = tidy(text), facts["start"], facts["end"]
    if read[start:end] != facts["source"]:
        return None
    return Place(read[:start], read[start:end], read[end:], facts["spoken"])


def _cut(text: str, said: list[tuple[tuple[int, int], Part]]) -> Iterator[Part]:
    reached = 0
    for (start, end), part in said:
        if not reached <= start < end <= len(text):
            continue
        yield Part(text[reached:start])
        written, reached = text[start:end], end
        if not part.unknown and _sound(written) == _sound(part.spoken):
            yield Part(written)
            continue
        tail = "".join(takewhile(_CLOSING.__contains__, text[end:]))
        yield structs.replace(part, text=written, tail=tail)
        reached = end + len(tail)
    yield Part(text[reached:])


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Stretches that are read as they are written, put together."""
    plain = ""
    for part in parts:
        if part == Part(part.text):
            plain += part.text
            continue
        if plain:
            yield Part(plain)
        plain = ""
        yield part
    if plain:
        yield Part(plain)


def _sound(words: str) -> list[tuple[str, str]]:
    """Syllables as letters and tone, whatever letter the tone stands on: hoà is hòa."""
    return [
        ("".join(c for c in each if c not in _TONES), "".join(c for c in each if c in _TONES))
        for each in unicodedata.normalize("NFD", words.casefold()).split()
    ]
