"""Spoken Vietnamese numbers back into values, by the grammar of the school books.

A listener cannot know where a number ends ("một năm hai nghìn" may be 1/2000), so a parse gives
every end that the grammar allows, with its value.
"""

from collections.abc import Iterator
from functools import cached_property

Parse = tuple[int, int]
"""Where a number ends (index of the next word), and its value."""

ONES = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
        "tám": 8, "chín": 9}  # fmt: skip  # a table, read across
SOFT = {"mốt": 1, "tư": 4, "lăm": 5}
"""Forms after a ten; five has no other ("hai mươi năm" is twenty years)."""
_AFTER_TEN = {word: n for word, n in {**ONES, **SOFT}.items() if n and word not in ("năm", "mốt")}
_AFTER_TENS = _AFTER_TEN | {"mốt": 1}
_GROUPS = (("triệu", 1_000_000), ("nghìn", 1_000))
_BILLION = 1_000_000_000
# The house says "tỷ" at most twice (10^18); more is no amount of a commune.
_MOST_BILLIONS = 3


class Heard:
    """The words of one place, in lower case, in one spelling (see words.py)."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self._numbers: dict[int, frozenset[Parse]] = {}

    @cached_property
    def size(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """The word at an index; nothing beyond the end."""
        return self.words[at] if 0 <= at < self.size else ""

    def numbers(self, at: int) -> frozenset[Parse]:
        """Every number that begins here, whole and positive or zero."""
        if at not in self._numbers:
            self._numbers[at] = frozenset(self._cardinals(at))
        return self._numbers[at]

    def _cardinals(self, at: int) -> Iterator[Parse]:
        found = list(self._grouped(at, _GROUPS))
        for _ in range(_MOST_BILLIONS):
            yield from found
            found = [
                more
                for end, value in found
                if value and self.word(end) == "tỷ"
                for more in self._onward(end + 1, value * _BILLION, _BILLION, _GROUPS)
            ]

    def _grouped(self, at: int, groups: tuple[tuple[str, int], ...]) -> Iterator[Parse]:
        heads = list(self._hundreds(at))
        yield from heads
        for index, (word, size) in enumerate(groups):
            for end, value in heads:
                if value and self.word(end) == word:
                    yield from self._onward(end + 1, value * size, size, groups[index + 1 :])

    def _onward(
        self, at: int, so_far: int, size: int, groups: tuple[tuple[str, int], ...]
    ) -> Iterator[Parse]:
        """After "nghìn", "triệu", "tỷ": nothing, a half, or less with its hundreds said."""
        yield at, so_far
        if self.word(at) == "rưỡi":
            yield at + 1, so_far + size // 2
        if self.word(at) == "linh" and ONES.get(self.word(at + 1)):
            yield at + 2, so_far + ONES[self.word(at + 1)]
        for end, value in self._grouped(at, groups):
            if value >= 1_000 or self.word(at + 1) == "trăm":
                yield end, so_far + value

    def _hundreds(self, at: int) -> Iterator[Parse]:
        yield from self._tens(at)
        hundreds = ONES.get(self.word(at))
        if hundreds is None or self.word(at + 1) != "trăm":
            return
        value, end = hundreds * 100, at + 2
        yield end, value
        if self.word(end) == "rưỡi":
            yield end + 1, value + 50
        if self.word(end) == "linh" and ONES.get(self.word(end + 1)):
            yield end + 2, value + ONES[self.word(end + 1)]
        for tens_end, tens in self._tens(end):
            if tens >= 10:
                yield tens_end, value + tens

    def _tens(self, at: int) -> Iterator[Parse]:
        word, following = self.word(at), self.word(at + 1)
        if word == "mười":
            yield at + 1, 10
            if following in _AFTER_TEN:
                yield at + 2, 10 + _AFTER_TEN[following]
        one = ONES.get(word)
        if one is None:
            return
        yield at + 1, one
        if one and following in SOFT:
            yield at + 2, one * 10 + SOFT[following]
        if one > 1 and following == "mươi":
            yield at + 2, one * 10
            if self.word(at + 2) in _AFTER_TENS:
                yield at + 3, one * 10 + _AFTER_TENS[self.word(at + 2)]
