"""Cut a reading into the pieces an announcer says in one breath, and the pauses after them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Advice of the speech reference: 0.4–0.7 s between sentences, so that an echo dies away.
CLAUSE_MS = 300
SENTENCE_MS = 500
PARAGRAPH_MS = 800
# An engine's prosody and memory suffer beyond about three lines (25 s of speech).
LONGEST = 300

_PARAGRAPHS = re.compile(r"\s*\n\s*")
_BREATHS = re.compile(r"(?<=[.!?…;:])\s+")
_CLAUSE_END = (";", ":")
# "khoản hai, Điều bảy": a comma before these words belongs to a citation and is never cut.
_CUTS = re.compile(r",\s+(?!(?:điểm|khoản|điều|mục|chương|phần|luật)\b)", re.IGNORECASE)


class Breath(NamedTuple):
    """A piece of spoken text, and the silence after it."""

    text: str
    pause_ms: int


def breathe(spoken: str) -> tuple[Breath, ...]:
    """Cut spoken text (marks kept, no symbols) into breaths, in order, losing no word."""
    return tuple(
        Breath(piece, pause_ms)
        for sentence, pause_ms in _sentences(spoken)
        for piece, pause_ms in _pieces(sentence, pause_ms)
    )


def _sentences(spoken: str) -> Iterator[tuple[str, int]]:
    for paragraph in filter(None, _PARAGRAPHS.split(spoken.strip())):
        *inner, last = _BREATHS.split(paragraph)
        for sentence in inner:
            yield sentence, CLAUSE_MS if sentence.endswith(_CLAUSE_END) else SENTENCE_MS
        yield last, PARAGRAPH_MS


def _pieces(sentence: str, pause_ms: int) -> Iterator[tuple[str, int]]:
    while len(sentence) > LONGEST:
        cut = _cut_before(sentence)
        yield sentence[:cut].strip(), CLAUSE_MS
        sentence = sentence[cut:].strip()
    yield sentence, pause_ms


def _cut_before(sentence: str) -> int:
    """The last good place to breathe within the limit: a free comma, else a space."""
    commas = [found.end() for found in _CUTS.finditer(sentence, 0, LONGEST)]
    if commas:
        return commas[-1]
    space = sentence.rfind(" ", 1, LONGEST)
    return space if space > 0 else LONGEST
