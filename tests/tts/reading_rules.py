"""The tables of the house style, as the program reads today: `python -m tests.tts.reading_rules`.

It writes them into the pages, between `<!-- generated: NAME -->` and `<!-- end -->`.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from tests.tts import reading_tables
from tts.emphasis import emphasised
from tts.meaning import check
from tts.normalise import Piece, Reading, read
from tts.normalise.entries import check_entry
from tts.sentences import breathe

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "docs/reading-rules.md", ROOT / "docs/reading-tables.md")
COMMAND = "python -m tests.tts.reading_rules"
EXAMPLES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("reading-rules.toml").read_text(encoding="utf-8")
)
_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """The page with every generated block as it must be today."""
    blocks = tables()
    return _BLOCK.sub(lambda block: f"{block[1]}\n{blocks[block[2]]}\n", page)


def named(page: str) -> list[str]:
    """The generated blocks of a page."""
    return [block[2] for block in _BLOCK.finditer(page)]


def tables() -> dict[str, str]:
    """Every generated block by name."""
    read_aloud = EXAMPLES["read"] | EXAMPLES["reported"]
    return {
        **{name: _said(examples) for name, examples in read_aloud.items()},
        "stopped": reading_tables.table(
            ("viết", "nếu đọc thành", "máy báo"), map(_stop, EXAMPLES["stopped"])
        ),
        "refused": reading_tables.table(
            ("chữ", "cách đọc định chỉ", "máy báo"), map(_refusal, EXAMPLES["refused"])
        ),
        "announced": _announced(EXAMPLES["announced"]),
        **reading_tables.tables(),
    }


def misreading(text: str, spoken: str) -> Reading:
    """A reading that our rules would not make."""
    return Reading(text, spoken, (), (Piece(spoken, (0, len(text))),))


def _said(examples: list[str]) -> str:
    rows = ((f"`{text}`", read(text).spoken) for text in examples)
    return reading_tables.table(("viết", "đọc"), rows)


def _announced(text: str) -> str:
    breaths = breathe(emphasised(read(text).spoken))
    rows = ((breath.text, reading_tables.seconds(breath.pause_ms)) for breath in breaths)
    return reading_tables.table(("một hơi", "rồi nghỉ (giây)"), rows)


def _stop(example: dict[str, str]) -> tuple[str, str, str]:
    text, spoken = example["written"], example["misread"]
    problems = [mismatch.problem for mismatch in check(misreading(text, spoken))]
    return f"`{text}`", spoken, problems[0] if problems else ""


def _refusal(example: dict[str, str]) -> tuple[str, str, str]:
    token, reading = example["token"], example["reading"]
    return f"`{token}`", reading, check_entry(token, reading) or ""


if __name__ == "__main__":
    for file in PAGES:
        file.write_text(written(file.read_text(encoding="utf-8")), encoding="utf-8")
