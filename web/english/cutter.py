"""Cutter: what a template says to people, cut into messages; pure, text in, text out.

A message is the text between two tags of HTML or statements of Jinja, or an attribute that
people read; its `{{ … }}` become `{1}`, `{2}`, so a translation may put them in another order, and
`{1:day|days}` is `day` where the first is 1. What stands in them is looked up when the page is
made, except what people wrote themselves, which is known by its name, what is `|as_written`, and
what is a label of ours or else words of people, `|as_label`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

READ_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "aria-description")
OF_PEOPLE = re.compile(
    r"(?:(?:[\w.]+\.)?(?:bulletin|draft|item|notice|template|words)\.text"
    r"|[\w.()\[\]]+\.(?:name|title|author|owner|area|station|person|deputy|login|office|address"
    r"|reading|token|original_name|sender|decree|absent_name))(?:\|truncate\(\d+\))?"
)
"""Expressions whose text people wrote: it is never looked up, even where it equals a label."""

SAID = r"\{\{(?:[^}]|\}(?!\}))*\}\}"
# A picture or a hidden field between words is no part of what they say.
_STATEMENT = r"\{%.*?%\}|\{#.*?#\}|\{\{-?\s*(?:icon|csrf_field)\([^}]*\}\}"
_QUOTED = rf'"(?:{SAID}|{_STATEMENT}|[^"])*"'
_TAG = rf"</?[a-zA-Z!](?:{SAID}|{_STATEMENT}|{_QUOTED}|'[^']*'|[^>\"'])*>"
_BREAK = re.compile(rf"({_STATEMENT}|{_TAG})", re.DOTALL)
_VALUE = rf'(?:{SAID}|[^"{{]|\{{(?![{{%#]))*'
_ATTRIBUTE = re.compile(rf'(?<=\s)({"|".join(READ_ATTRIBUTES)})="({_VALUE})"', re.DOTALL)
_SAID = re.compile(SAID, re.DOTALL)
_INSIDE = re.compile(r"\{\{([-+]?)(.*?)([-+]?)\}\}", re.DOTALL)
_HOLE = re.compile(r"\{(\d+)(?::([^{}|]*)\|([^{}|]*))?\}")
# A statement may stand for the name of a tag or hold attributes; they are code as well.
_BARE_ATTRIBUTES = re.compile(r'\s*[\w:-]+="')
_TYPED = re.compile(r"<(?:textarea|script|style)\b")  # what stands inside goes back to the server
_LETTER = re.compile(r"[^\W\d_]")

Look = Callable[[str], str | None]


@dataclass(frozen=True)
class Piece:
    """Text or a tag of a template, and the line where it begins (from 1)."""

    text: str
    line: int


def messages(source: str) -> Iterator[tuple[str, int]]:
    """All message ids of a template with their lines, in order, with repetitions."""
    for piece in _said_pieces(source):
        if said := _id(piece.text):
            yield said, piece.line


def swapped(source: str, look: Look) -> str:
    """The template in another language: `look` gives the translation of a message id or None."""
    out, typed = [], False
    for place, piece in enumerate(_BREAK.split(source)):
        if place % 2:
            typed = bool(_TYPED.match(piece))
            out.append(_ATTRIBUTE.sub(lambda hit: _attribute(hit, look), piece))
        else:
            out.append(piece if typed or _is_code(piece) else _text(piece, look))
    return "".join(out)


def _said_pieces(source: str) -> Iterator[Piece]:
    line, typed = 1, False
    for place, piece in enumerate(_BREAK.split(source)):
        if place % 2:
            typed = bool(_TYPED.match(piece))
            yield from (Piece(hit[2], line) for hit in _ATTRIBUTE.finditer(piece))
        elif not typed and not _is_code(piece):
            yield Piece(piece, line + piece[: len(piece) - len(piece.lstrip())].count("\n"))
        line += piece.count("\n")


def _is_code(text: str) -> bool:
    return bool(_BARE_ATTRIBUTES.match(text))


def _id(text: str) -> str:
    """The message of a text; "" when only expressions stand there."""
    if not _LETTER.search(_SAID.sub("", text)):
        return ""
    number = iter(range(1, 100))
    return " ".join(_SAID.sub(lambda _: f"{{{next(number)}}}", text).split())


def _attribute(hit: re.Match[str], look: Look) -> str:
    return f'{hit[1]}="{_text(hit[2], look)}"'


def _text(text: str, look: Look) -> str:
    said = [_looked_up(expression) for expression in _SAID.findall(text)]
    message = _id(text)
    other = look(message) if message else None
    if other is None:
        return _SAID.sub(lambda hit: _looked_up(hit[0]), text)
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    return before + _HOLE.sub(lambda hole: _filled(hole, said), other) + after


def _filled(hole: re.Match[str], said: list[str]) -> str:
    expression = said[int(hole[1]) - 1]
    if hole[2] is None:
        return expression
    return f"{{{{ ({_inside(expression)[2]})|one_or_more({hole[2]!r}, {hole[3]!r}) }}}}"


def _looked_up(expression: str) -> str:
    inside = _inside(expression)
    said = inside[2].strip()
    if OF_PEOPLE.fullmatch(said) or said.endswith(("|as_written", "|as_label")):
        return expression
    return f"{{{{{inside[1]} ({said})|in_english {inside[3]}}}}}"


def _inside(expression: str) -> re.Match[str]:
    hit = _INSIDE.fullmatch(expression)
    if hit is None:
        raise ValueError(f"no expression: {expression}")
    return hit
