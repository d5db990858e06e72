"""Gathering: every message of the product, from templates, Python, scripts and help.

What Python says is any text with a Vietnamese letter that is no docstring and no pattern of a
search; an f-string or the form of a `.format` has holes. Modules whose words are never shown on
a page of the web, because they are spoken, printed, mailed or told to an operator, are left out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from web import help_text
from web.english import cutter, rendering
from web.english.help import message

ROOT = Path(__file__).parents[2]
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
SHOWN = ("web", "controller", "scheduler", "contract", "tts")
SILENT = (
    "controller/__main__",
    "controller/demo/",
    "controller/first_start/announcement",
    "controller/keys/",
    "controller/launch/",
    "controller/mailer/door",
    "controller/offline_keys",
    "controller/papers/extract",
    "controller/papers/lines",
    "controller/releases/command",
    "controller/releases/repository",
    "controller/releases/keys",
    "controller/roots/",
    "controller/serving/",
    "controller/settings",
    "controller/standard_",
    "controller/hub/",
    "controller/broker/",
    "controller/identity/authority",
    "contract/settings",
    "tts/__main__",
    "tts/emphasis",
    "tts/engines/http/checks",
    "tts/engines/licences",
    "tts/engines/piper_voice",
    "tts/meaning/",
    "tts/normalise/",
    "tts/script",
    "tts/turns",
    "tts/wholes",
    "web/api/",
    "web/english/",
    "web/letter",
)
"""tts.meaning tells what it finds wrong in words of the guard, beside what was written."""

_IN_SCRIPT = re.compile(r'\bsay\(\s*"([^"]+)"')
_SEARCH = re.compile(r"\(\?|\\[wsdb]|%[HdmY]|\[[^\]]*-[^\]]*\]")
_IN_CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_FORM = re.compile(r"\{[^{}]*\}|%s")

Found = Iterator[tuple[str, str]]
"""Message ids with the places they stand at."""


def of_templates() -> Found:
    """What stands between tags, and in attributes that people read."""
    for path in _templates():
        for said, line in cutter.messages(path.read_text(encoding="utf-8")):
            yield said, _at(path, line)


def of_expressions() -> Found:
    """Vietnamese between quotes inside expressions of templates."""
    return ((said, at) for said, at in _quoted() if "{1}" not in said)


def of_forms() -> Found:
    """The same with holes to be filled."""
    return ((said, at) for said, at in _quoted() if "{1}" in said)


def _quoted() -> Found:
    for path in _templates():
        for code in _IN_CODE.findall(path.read_text(encoding="utf-8")):
            for quoted in _QUOTED.findall(code):
                text = (quoted[0] or quoted[1]).strip()
                if VIETNAMESE.search(text):
                    yield numbered(text), _at(path, 0)


def of_python() -> Found:
    """What modules say whose words come to a page."""
    for folder in SHOWN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not str(path.relative_to(ROOT)).startswith(SILENT):
                yield from _of_module(path)


def of_scripts() -> Found:
    """What scripts say."""
    for path in sorted((ROOT / "web" / "static" / "scripts").glob("*.js")):
        for said in _IN_SCRIPT.findall(path.read_text(encoding="utf-8")):
            yield said, _at(path, 0)


def of_help() -> Found:
    """The lines of help, what they quote as holes."""
    for topic in help_text.topics():
        tasks = [line for task in topic.tasks for line in (task.title, *task.steps)]
        for line in (topic.title, topic.purpose, *tasks, *topic.trouble):
            yield message(line), f"web/help/{topic.slug}.md"


def numbered(text: str) -> str:
    """The holes of a form as `{1}`, `{2}`."""
    number = iter(range(1, 100))
    return " ".join(_FORM.sub(lambda _: f"{{{next(number)}}}", text).split())


def _templates() -> list[Path]:
    folder = ROOT / "web" / "templates"
    papers = {folder / name for name in rendering.PAPERS}
    return [path for path in sorted(folder.rglob("*.html")) if path not in papers]


def _of_module(path: Path) -> Found:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    every = list(ast.walk(tree))
    part = {id(value) for each in every if isinstance(each, ast.JoinedStr) for value in each.values}
    part |= {id(each.value) for each in every if isinstance(each, ast.Expr)}
    for each in every:
        text = "" if id(each) in part else _text(each)
        if VIETNAMESE.search(text) and not _SEARCH.search(text):
            yield numbered(text), _at(path, getattr(each, "lineno", 0))


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(value) if isinstance(value, ast.Constant) else "{}" for value in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _at(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))
