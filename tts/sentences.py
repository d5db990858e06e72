"""Cut a reading into the pieces an announcer says in one breath, and the pauses after them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tts.wholes import Span, is_inside, wholes

# Advice of the speech reference: 0.4-0.7 s between sentences, so that an echo dies away; less
# where the thought goes on, more where another begins.
BREATH_MS = 150
CLAUSE_MS = 300
SENTENCE_MS = 500
PARAGRAPH_MS = 800
HEADING_MS = 1_000
# An engine's prosody and memory suffer beyond about three lines (25 s of speech).
LONGEST = 300
# A citation may make a breath longer; this much is no citation, and is cut between words.
LONGEST_WHOLE = 600

_LINES = re.compile(r"\s*\n\s*")
_BREATHS = re.compile(r"(?<=[.!?…;:])\s+")
_CLAUSE_END = (";", ":", ",")
_SENTENCE_END = (".", "!", "?", "…")
_COMMAS = re.compile(r",\s+")
# Where a speaker without a comma would draw breath.
_CONNECTIVES = re.compile(
    r"\s+(?=(?:và|hoặc|nhưng|để|do|vì|bởi|nếu|khi|trong|tại|từ|với|cho|nhằm|thì|mà)\s)"
)
_SPACES = re.compile(r"\s+(?!\s)")


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
    lines = [line for line in _LINES.split(spoken.strip()) if line]
    for number, line in enumerate(lines, start=1):
        *inner, last = _BREATHS.split(line)
        for sentence in inner:
            yield sentence, CLAUSE_MS if sentence.endswith(_CLAUSE_END) else SENTENCE_MS
        yield last, PARAGRAPH_MS if number == len(lines) else _after_line(last)


def _after_line(line: str) -> int:
    """A line that ends a sentence is a paragraph, one that ends a clause is a point of a list or
    leads to one, and one without a mark is a heading.
    """
    if line.endswith(_SENTENCE_END):
        return PARAGRAPH_MS
    return SENTENCE_MS if line.endswith(_CLAUSE_END) else HEADING_MS


def _pieces(sentence: str, pause_ms: int) -> Iterator[tuple[str, int]]:
    while len(sentence) > LONGEST:
        cut = _cut_before(sentence)
        if cut == len(sentence):
            break
        yield (
            sentence[:cut].strip(),
            CLAUSE_MS if sentence[:cut].rstrip().endswith(",") else BREATH_MS,
        )
        sentence = sentence[cut:].strip()
    yield sentence, pause_ms


def _cut_before(sentence: str) -> int:
    """The best place to breathe: a free comma, else a connective, else a space that parts no name;
    of each kind the one that leaves the most even pieces.
    """
    kept = wholes(sentence)
    even = len(sentence) / -(-len(sentence) // LONGEST)
    for places in (_COMMAS, _CONNECTIVES, _SPACES):
        free = [at for at in _free(places, sentence, kept) if at <= LONGEST]
        if free:
            return min(free, key=lambda at: abs(at - even))
    later = (at for at in _free(_SPACES, sentence, kept) if at <= LONGEST_WHOLE)
    return next(later, _anywhere(sentence))


def _free(places: re.Pattern[str], sentence: str, kept: tuple[Span, ...]) -> Iterator[int]:
    for found in places.finditer(sentence):
        at = found.end()
        name = places is not _COMMAS and sentence[at : at + 1].isupper()
        if not (name or is_inside(at, kept)):
            yield at


def _anywhere(sentence: str) -> int:
    if len(sentence) <= LONGEST_WHOLE:
        return len(sentence)
    space = sentence.rfind(" ", 1, LONGEST)
    return space if space > 0 else LONGEST
