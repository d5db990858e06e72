"""What a text becomes: its spoken words, where each came from, and what nobody could read."""

from dataclasses import dataclass

# (start, end) in characters of `Reading.text`, end not included.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Spoken words and the source they came from."""

    spoken: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unknown:
    """A token that no rule and no lexicon entry knows: reported, never guessed."""

    span: Span
    token: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is the source as it was read (NFC, single spaces, invisible characters removed):
    spans count in it.

    `spoken` holds words and the marks , ; : . ? ! only. `map` is in order of the source and its
    spans never overlap.
    """

    text: str
    spoken: str
    unknown: tuple[Unknown, ...]
    map: tuple[Piece, ...]
