"""What a listener must be able to make out of the words: a value, digits, a word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tts.meaning.heard import ONES, SOFT, Heard


class Sound(Protocol):
    """A piece of what is said."""

    def ends(self, heard: Heard, at: int) -> Iterable[int]:
        """Every place where it can end if it begins at `at`; none if it is not there."""


Form = tuple[Sound, ...]
"""Sounds in their order."""

# Ranks and months have words of their own, heard only after these.
_OWN = {"nhất": 1, "nhì": 2, "giêng": 1, "chạp": 12}
_OWN_AFTER = frozenset({"thứ", "hạng", "giải", "tháng", "bậc", "loại"})


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A whole number by its value."""

    value: int

    def ends(self, heard: Heard, at: int) -> Iterator[int]:
        yield from (end for end, value in heard.numbers(at) if value == self.value)
        word = heard.word(at)
        if word == "tư" and self.value == 4:
            yield at + 1
        if _OWN.get(word) == self.value and (heard.word(at - 1) in _OWN_AFTER or at == 0):
            yield at + 1


@dataclass(frozen=True, slots=True)
class Digits:
    """One digit after the other: nothing is added and nothing lost."""

    written: str

    def ends(self, heard: Heard, at: int) -> Iterator[int]:
        for index, digit in enumerate(self.written):
            word = heard.word(at + index)
            said = ONES.get(word, SOFT.get(word) if index else None)
            if said != int(digit):
                return
        end = at + len(self.written)
        if self.written.endswith("5") and heard.words[end : end + 2] == ("hai", "nghìn"):
            return  # "không năm hai nghìn …": a nought, and the year
        yield end


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a telephone number or of a code: by digits or by value."""

    written: str

    def ends(self, heard: Heard, at: int) -> Iterator[int]:
        yield from Digits(self.written).ends(heard, at)
        if not self.written.startswith("0") and len(self.written) <= 4:
            yield from Cardinal(int(self.written)).ends(heard, at)


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a decimal point: its zeros one by one, the rest by digits or by value."""

    written: str

    def ends(self, heard: Heard, at: int) -> Iterator[int]:
        yield from Digits(self.written).ends(heard, at)
        rest = self.written.lstrip("0")
        zeros = len(self.written) - len(rest)
        if rest and len(rest) <= 6 and all(heard.word(at + i) == "không" for i in range(zeros)):
            yield from Cardinal(int(rest)).ends(heard, at + zeros)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One of several ways to say a sign or a unit."""

    ways: tuple[tuple[str, ...], ...]

    def ends(self, heard: Heard, at: int) -> Iterator[int]:
        for way in self.ways:
            if heard.words[at : at + len(way)] == way:
                yield at + len(way)


@dataclass(frozen=True, slots=True)
class Perhaps:
    """A phrase that may be left out."""

    phrase: Phrase

    def ends(self, heard: Heard, at: int) -> Iterator[int]:
        yield at
        yield from self.phrase.ends(heard, at)


def phrase(ways: str) -> Phrase:
    """ "trên|gạch chéo" → either."""
    return Phrase(tuple(tuple(way.split()) for way in ways.split("|")))
