"""Reading: how the voice read a text, cut into parts of which some are marked as not known."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct


class Part(Struct, frozen=True):
    """A stretch of what is shown; `unknown` ones are marked."""

    text: str
    unknown: bool


def parts_of(reading: dict[str, Any] | None) -> list[Part]:
    """The text that was read, with the words marked that no rule knows; empty without a reading.

    Spans count in the reading's own `text`; one that does not fit there is passed over.
    """
    if not reading:
        return []
    return list(
        _cut(str(reading.get("text", "")), sorted(each["span"] for each in reading["unknown"]))
    )


def _cut(text: str, spans: list[list[int]]) -> Iterator[Part]:
    reached = 0
    for start, end in spans:
        if not reached <= start < end <= len(text):
            continue
        if start > reached:
            yield Part(text[reached:start], unknown=False)
        yield Part(text[start:end], unknown=True)
        reached = end
    if reached < len(text):
        yield Part(text[reached:], unknown=False)
