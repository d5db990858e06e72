"""Items: a text and the readings that are accepted for it, one file a category."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speech.grammar import Accepted, BadGrammar, parse

DEVELOPMENT = Path(__file__).parents[2] / "tests" / "tts" / "data" / "items"
CATEGORIES = (
    "law_code", "law_ref", "date", "time", "range", "money", "number", "decimal", "unit", "roman",
    "percent", "abbr", "place", "phone", "fraction", "ordinal", "list", "web", "heading", "name",
    "symbol", "identity", "road", "boilerplate", "sentence",
)  # fmt: skip  # a list, read across


@dataclass(frozen=True, slots=True)
class Item:
    """`place` is `file:line`; `accepted` is the compiled grammar."""

    category: str
    text: str
    accepted: Accepted
    place: str


class BadItems(ValueError):
    """Lines that are no items, all at once: `file:line: why`."""


def load(folder: Path = DEVELOPMENT) -> list[Item]:
    """Every item of a folder of `<category>.tsv`; raises BadItems."""
    items: list[Item] = []
    problems: list[str] = []
    first: dict[str, str] = {}
    for file in sorted(folder.glob("*.tsv")):
        for place, line in _lines(file):
            try:
                item = _item(file.stem, place, line)
            except ValueError as why:
                problems.append(f"{place}: {why}")
                continue
            if (before := first.setdefault(item.text, place)) != place:
                problems.append(f"{place}: the same text as {before}")
            items.append(item)
    if problems:
        raise BadItems("\n".join(problems))
    if not items:
        raise BadItems(f"no items in {folder}")
    return items


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield f"{file.name}:{number}", line


def _item(category: str, place: str, line: str) -> Item:
    if category not in CATEGORIES:
        raise ValueError(f"no such category: {category}")
    if line.count("\t") != 1:
        raise ValueError("one tab between text and accepted reading")
    if line != unicodedata.normalize("NFC", line):
        raise ValueError("not NFC")
    text, grammar = (part.strip() for part in line.split("\t"))
    if not text or not grammar:
        raise ValueError("text or accepted reading is empty")
    try:
        return Item(category, text, parse(grammar), place)
    except BadGrammar as why:
        raise ValueError(why) from why
