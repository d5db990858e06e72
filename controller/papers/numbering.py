"""Numbering: the numbers that Word writes before paragraphs, which stand in no text of the file.

ECMA-376 part 1, 17.9: a paragraph names a list (`numId`) and a level; the list's levels say how
their numbers look ("%1.%2.") and where they start.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct


class Level(Struct, frozen=True):
    """How one level of a list is numbered; `pattern` has `%1` for the number of level 0."""

    style: str
    pattern: str
    start: int = 1


class Counter:
    """Counts the paragraphs of each list, from the first of a document to the last."""

    def __init__(self, lists: Mapping[str, Mapping[int, Level]]) -> None:
        self._lists = lists
        self._reached: dict[str, dict[int, int]] = {}

    def next(self, list_id: str, depth: int) -> str:
        """What stands before the next paragraph at this depth: "2.", "b)", "-", or nothing."""
        levels = self._lists.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.style == "none":
            return ""
        reached = self._reached.setdefault(list_id, {})
        reached[depth] = reached.get(depth, level.start - 1) + 1
        for deeper in [each for each in reached if each > depth]:
            del reached[deeper]
        if level.style == "bullet":
            return "-"
        shown = level.pattern
        for upper in range(depth + 1):
            above = levels.get(upper, level)
            number = reached.get(upper, above.start)
            style = level.style if upper == depth else above.style
            shown = shown.replace(f"%{upper + 1}", _STYLES.get(style, str)(number))
        return shown


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip  # a table
_STYLES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
