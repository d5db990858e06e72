"""What holds for the reading of any text whatever, checked from outside."""

import re
import unicodedata
from itertools import pairwise

from benchmarks.speech.canonical import residue
from tts.normalise import Reading
from tts.normalise.reading import Span

# Marks that may be passed over in silence: they part words and are no signs. "/" is here as the
# pause of "anh/chị", "*", "_" and "|" as ornaments of typists and of tables.
_SILENT_KINDS = ("Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Cc")
_SIGNS = frozenset("%‰‱@&#\\§¶")
_ORNAMENTS = frozenset("/*_|")
# Signs that are none where they stand: "+ Đối với hộ nghèo" and "♦ Thời gian" open a point of a
# list, "=====" rules a line, an arrow is a pause, and the minus of a calculator that has no digit
# after it is a dash.
_NO_SIGN = re.compile(
    r"^[ –-]*(?:\+(?=[ –-]|$)|[●▪◦✓✔♦❖➢]+)|([=~+•◦∗])\1\1+|^[ ]*[-–—=*~.•◦∗]{3,}[ ]*$"
    r"|[-=]{1,2}>|[→⇒➔➜►⟶]|−(?!\s?\d)",
    re.MULTILINE,
)
# "+ Giải nhất: 1 con dê + Giải nhì: 2 con ngỗng": what begins as a point may hold more of them.
_POINTS = re.compile(r"^[ \t]*\+ [^\n]*", re.MULTILINE)
_POINT = re.compile(r"(?<=[\w.;,:)] )\+(?= \w)")

# Nghị định 30/2020/NĐ-CP, phụ lục I: to whom copies go and where one is kept. Only when the line
# says so: "Nơi nhận hồ sơ: nhà văn hóa" is news.
_COPIES = re.compile(
    r"^[ ]*nơi nhận[ ]*:?[ ]*(?:(?:[-+•–][ ]*)?(?:như |lưu)[^\n]*)?(?:\n[ ]*[-+•–][^\n]*)*$"
    r"|^[ +•–-]*lưu[ ]*:?[ ]*(?:vt|vp)\b[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)

_SPOKEN = re.compile(r"[^a-zà-ỹđ ,;:.!?\n'’-]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# Left out, it joins two numbers or parts one: a family must say what it means, or report it. Two
# telephone numbers are parted by a pause.
_INSIDE_A_NUMBER = re.compile(
    r"(?<=\d)(?:[.,:]|(?<!\d{6})(?<!\d[. ]\d{3}[. ]\d{3})/|/(?!\d(?:[ .\-]?\d){5}))(?=\d)"
)
_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|rưỡi|nửa"
    r"|nhất|vuông|khối)(?!\w)",
    re.IGNORECASE,
)


def broken(reading: Reading) -> list[str]:
    """The promises that this reading breaks, each in a few words; the same words for the same
    kind of fault."""
    return [
        kind
        for kind, holds in (
            ("a digit or symbol is left in spoken", not residue(reading.spoken)),
            ("spoken holds what no voice can say", not _SPOKEN.search(reading.spoken)),
            ("spans overlap, are empty or lie outside", _spans_are_sane(reading)),
            ("an unknown token is not its span", _unknowns_are_sane(reading)),
            ("a letter, digit or sign is neither read nor reported", not passed_over(reading)),
            ("a mark between digits is passed over", not _parted_numbers(reading)),
            ("a piece with digits says no number", _digits_are_numbers(reading)),
            ("the map says other words than spoken", _map_says_all(reading)),
        )
        if not holds
    ]


def passed_over(reading: Reading) -> str:
    """The letters, digits and signs of the text that are neither in the map nor reported."""
    seen = _seen(reading)
    for silent in (_NO_SIGN, _COPIES):
        for found in silent.finditer(reading.text):
            seen.update(range(*found.span()))
    for line in _POINTS.finditer(reading.text):
        seen.update(point.start() for point in _POINT.finditer(reading.text, *line.span()))
    return "".join(
        c for at, c in enumerate(reading.text) if at not in seen and not may_be_silent(c)
    )


def _seen(reading: Reading) -> set[int]:
    spans = [piece.span for piece in reading.map] + [unknown.span for unknown in reading.unknown]
    return {at for span in spans for at in range(*span)}


def _parted_numbers(reading: Reading) -> list[str]:
    seen = _seen(reading)
    marks = _INSIDE_A_NUMBER.finditer(reading.text)
    return [mark[0] for mark in marks if mark.start() not in seen]


def may_be_silent(character: str) -> bool:
    """Whether a reading may pass over this character."""
    if character in _ORNAMENTS or character.isspace():
        return True
    return unicodedata.category(character) in _SILENT_KINDS and character not in _SIGNS


def _spans_are_sane(reading: Reading) -> bool:
    spans = [piece.span for piece in reading.map]
    inside = all(_is_inside(span, reading) for span in spans)
    return inside and all(a[1] <= b[0] for a, b in pairwise(spans))


def _unknowns_are_sane(reading: Reading) -> bool:
    return all(
        _is_inside(unknown.span, reading) and reading.text[slice(*unknown.span)] == unknown.token
        for unknown in reading.unknown
    )


def _is_inside(span: Span, reading: Reading) -> bool:
    return 0 <= span[0] < span[1] <= len(reading.text)


def _digits_are_numbers(reading: Reading) -> bool:
    reported = {unknown.span for unknown in reading.unknown}
    return all(
        piece.span in reported or _NUMBER_WORD.search(piece.spoken)
        for piece in reading.map
        if _DIGIT.search(reading.text[slice(*piece.span)])
    )


def _map_says_all(reading: Reading) -> bool:
    from_map = " ".join(piece.spoken for piece in reading.map)
    return _words(from_map) == _words(reading.spoken)


def _words(spoken: str) -> list[str]:
    return re.findall(r"\w+", spoken.lower())
