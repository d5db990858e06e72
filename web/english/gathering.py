"""Gathering: every message of the product, from templates, Python, scripts and help.

What Python says is any text with a Vietnamese letter that is no docstring; an f-string is a
pattern. Modules whose words never come to a page of the web are left out by name.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from web.english import cutter

ROOT = Path(__file__).parents[2]
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
_SCRIPT = re.compile(r'\bsay\(\s*"([^"]+)"')


def of_templates() -> Iterator[tuple[str, str]]:
    """Each message id with the place it stands at."""
    for path in sorted((ROOT / "web" / "templates").rglob("*.html")):
        for message, line in cutter.messages(path.read_text(encoding="utf-8")):
            yield message, f"{path.relative_to(ROOT)}:{line}"


def of_python(module: Path) -> Iterator[tuple[str, str]]:
    """Each Vietnamese text of a module."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    told = {
        id(part)
        for each in ast.walk(tree)
        if isinstance(each, ast.JoinedStr)
        for part in each.values
    }
    told |= {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        text = _text(each) if id(each) not in told else ""
        if VIETNAMESE.search(text):
            yield " ".join(text.split(" ")), f"{module.relative_to(ROOT)}:{each.lineno}"  # type: ignore[attr-defined]
