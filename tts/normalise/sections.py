"""Points with letters and dots in their numbers: mục I.2.a, điểm a.1, phụ lục II.1a; and pages."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.romans import roman
from tts.normalise.rules import Rule, Said, fixed, rule

_HEADS = (
    r"điều|điểm|tiểu mục|mục|phần|phụ lục|tiết|khoản|bảng|biểu|hình|chương|nội dung|ý|lộ|mẫu|"
    r"tiêu chí|chỉ tiêu|nhiệm vụ"
)
_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
_PART = rf"(?:{_ROMAN}|[A-HĐ]\d{{0,3}}|[a-hđ]|\d{{1,2}}[a-hA-HĐ]?)"
_NUMBERED = rf"(?i:(?<!\w)(?:{_HEADS})(?: số)?) (?P<it>{_PART}(?:\.{_PART})+)(?!\w|[.,]\d)"
_TOKEN = re.compile(rf"{_ROMAN}(?!\w)|\d+|[^\W\d_]")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Plain figures ("mục 2.1") are for the numbers, Roman ones ("mục II.1") for their own."""
    return (
        rule(_NUMBERED, _say),
        rule(
            r"(?<![\w.])(?P<it>(?:\d{3}\s?)?E\d{1,2}\.\d{1,2})(?!\w|[.,]\d)", _say
        ),  # a line of the grid
        fixed(r"(?<![\w.])(?<!\d )(?P<it>[Tt]r\. ?)(?=\d{1,3}(?!\d|[.,]\d))", "trang "),
    )


def _say(match: "re.Match[str]") -> Said:
    parts = match["it"].split(".")
    letters = [part for part in parts if not part.isdigit() and not re.fullmatch(_ROMAN, part)]
    return " chấm ".join(map(_part, parts)) if letters else None


def _part(part: str) -> str:
    return " ".join(map(_token, _TOKEN.findall(part)))


def _token(token: str) -> str:
    if token.isdigit():
        return digit_by_digit(token) if token[0] == "0" else cardinal(int(token))
    return cardinal(roman(token)) if re.fullmatch(_ROMAN, token) else spell(token)
