"""Catalogue: what the interface says, in English; a text that is not known stays as it is.

Kept as gettext catalogues beside this file: `pages.po` of templates, `words.po` of Python,
`help.po`, `scripts.po`. A message id is Vietnamese as it stands there, its holes as `{1}`, `{2}`.
What Python made of a pattern is recognised by it; lists and sentences that were joined are
looked up in their parts.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from msgspec import Struct

FOLDER = Path(__file__).parent
HOLE = re.compile(r"\{(\d+)(?::([^{}|]*)\|([^{}|]*))?\}")
_PATTERNS_OF = ("words", "help")  # what templates say has its holes filled before
_JOINTS = (" · ", "\n", ". ", "; ", " – ", ", ", ": ")
_SENTENCES = re.compile(r"(?<=[.!?…]) ")
_BRACKETS = re.compile(r"(.*\S) \((.*)\)", re.DOTALL)
_CORE = re.compile(r"([\W\d_]*)(.*?)([\W\d_]*)", re.DOTALL)
_NUMBER = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3}){1,2}(?:,\d+)?|\d+,\d+(?! ?\d))(?![\d.,]?\d)"
)
_MARKS = str.maketrans(",.", ".,")
_FEW = 9  # letters: a pattern with no more of its own stands between names, numbers, messages
_FEWER = 4  # letters: this one not even between names
_DEEPEST = 5  # a sentence of a list of a phrase of a word


class Pattern(Struct, frozen=True):
    """`anchor` is its longest own text: what lacks it cannot be of this pattern."""

    anchor: str
    known: re.Pattern[str]
    english: str
    own: int


@cache
def catalogue(name: str) -> Mapping[str, str]:
    """English by message id, of one file. Raises OSError or PoFileError for a broken one."""
    with (FOLDER / f"{name}.po").open("rb") as file:
        found = read_po(file, abort_invalid=True)
        return {str(each.id): str(each.string) for each in found if each.id and each.string}


@cache
def whole() -> Mapping[str, str]:
    """English by message id, of all there is."""
    names = sorted(path.stem for path in FOLDER.glob("*.po"))
    return {id_: text for name in names for id_, text in catalogue(name).items()}


def english(text: str) -> str:
    """What this text of the interface is in English, with the blanks around it; else itself."""
    said = text.strip()
    if not any(map(str.isalpha, said)):
        return _numbers(text)
    return text.replace(said, _of(said, _DEEPEST), 1)


def label(text: str) -> str:
    """The same for what is one message, or several that were listed, and for nothing else."""
    if known := whole().get(text):
        return known
    joint = next((each for each in ("; ", " · ", ", ") if each in text), None)
    if joint is None:
        return text
    parts = list(_longest(text.split(joint), joint))
    told = [label(part) for part in parts]
    return text if joint == ", " and any(map(str.__eq__, parts, told)) else joint.join(told)


@lru_cache(maxsize=8192)
def _of(said: str, deeper: int) -> str:
    if not said:
        return said
    if known := whole().get(said):
        return known
    if known := _with_other_case(said):
        return known
    if not deeper:
        return said
    for way in (_by_pattern, _by_sentences, _by_brackets, _by_parts, _by_core, _by_case):
        if (found := way(said, deeper - 1)) is not None:
            return found
    return said


def _by_pattern(said: str, deeper: int) -> str | None:
    for pattern in _patterns():
        hit = pattern.known.fullmatch(said) if pattern.anchor in said else None
        if hit and _fits(pattern, hit, deeper):
            return HOLE.sub(lambda hole: _filled(hole, hit, deeper), pattern.english)  # noqa: B023
    return None


def _fits(pattern: Pattern, hit: re.Match[str], deeper: int) -> bool:
    """A list of two of a kind is none; words of people are not taken for a small pattern."""
    held = [value.strip() for value in hit.groupdict().values()]
    if any(pattern.anchor in value for value in held):
        return False
    return pattern.own > _FEW or all(_settled(pattern, value, deeper) for value in held)


def _settled(pattern: Pattern, value: str, deeper: int) -> bool:
    """A number, a message, or for more than the smallest patterns a name."""
    if not any(map(str.isalpha, value)) or value in whole():
        return True
    return pattern.own > _FEWER and (not value[:1].islower() or _of(value, deeper) != value)


def _filled(hole: re.Match[str], hit: re.Match[str], deeper: int) -> str:
    value = hit[f"h{hole[1]}"]
    if hole[2] is not None:
        return hole[2] if value == "1" else hole[3]
    core = value.strip()
    return value.replace(core, _of(core, deeper), 1) if core else value


def _by_sentences(said: str, deeper: int) -> str | None:
    parts = _SENTENCES.split(said)
    return " ".join(_of(part, deeper) for part in parts) if len(parts) > 1 else None


def _by_brackets(said: str, deeper: int) -> str | None:
    hit = _BRACKETS.fullmatch(said)
    if hit is None or said.count("(") > 1:
        return None
    return f"{_of(hit[1], deeper)} ({_of(hit[2], deeper)})"


def _by_parts(said: str, deeper: int) -> str | None:
    """What was joined of messages, names and numbers; not a sentence that holds one by chance."""
    joint = next((each for each in _JOINTS if each in said), None)
    if joint is None:
        return None
    parts = list(_longest(said.split(joint), joint))
    found = [_of(part, deeper) for part in parts]
    if any(new == old and old[:1].islower() for old, new in zip(parts, found, strict=True)):
        return None
    return joint.join(found)


def _longest(parts: list[str], joint: str) -> Iterator[str]:
    """The parts, with those together that are one message though the joint stands in it."""
    while parts:
        take = next(
            n for n in range(len(parts), 0, -1) if n == 1 or joint.join(parts[:n]) in whole()
        )
        yield joint.join(parts[:take])
        parts = parts[take:]


def _by_core(said: str, deeper: int) -> str | None:
    """A message between numbers and marks, as `17:00 hằng ngày`."""
    hit = _CORE.fullmatch(said)
    if hit is None or hit[2] == said:
        return None
    return _numbers(hit[1]) + _of(hit[2], deeper) + _numbers(hit[3])


def _with_other_case(said: str) -> str:
    """A message that begins a line with a capital, or stands in one without."""
    first, rest = said[0], said[1:]
    if known := whole().get(first.lower() + rest):
        return known[0].upper() + known[1:]
    known = whole().get(first.upper() + rest, "")
    return known[:1].lower() + known[1:]


def _by_case(said: str, deeper: int) -> str | None:
    """What was made of a pattern, and begins a line with a capital."""
    small = said[0].lower() + said[1:]
    found = _of(small, deeper) if small != said else small
    return found[0].upper() + found[1:] if found != small else None


def _numbers(said: str) -> str:
    """`1.234,5` as `1,234.5`."""
    return _NUMBER.sub(lambda hit: hit[0].translate(_MARKS), said)


@cache
def _patterns() -> tuple[Pattern, ...]:
    """Those with the most text of their own first: they are the most particular."""
    known = [each for name in _PATTERNS_OF for each in catalogue(name).items()]
    made = [_pattern(id_, text) for id_, text in known if HOLE.search(id_)]
    return tuple(sorted(made, key=lambda each: -each.own))


def _pattern(message: str, text: str) -> Pattern:
    own = list(_between(message))
    return Pattern(
        anchor=max(own, key=len),
        known=re.compile(_regex(message), re.DOTALL),
        english=text,
        own=sum(letter.isalpha() for part in own for letter in part),
    )


def _between(message: str) -> Iterator[str]:
    at = 0
    for hole in HOLE.finditer(message):
        yield message[at : hole.start()]
        at = hole.end()
    yield message[at:]


def _regex(message: str) -> str:
    own = [re.escape(text) for text in _between(message)]
    holes = [f"(?P<h{hole[1]}>.*?)" for hole in HOLE.finditer(message)]
    return own[0] + "".join(hole + text for hole, text in zip(holes, own[1:], strict=True))
