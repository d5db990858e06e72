"""Telephone numbers: digit by digit, in the groups they are written in."""

import re
from itertools import islice

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import digit_by_digit
from tts.normalise.rules import Rule, Said, before, rule

_SEP = r"[ .\-]"
_MOBILE = rf"(?<![\w/+.,])(?:\(?\+?84\)?{_SEP}?|0)\d{{1,3}}(?:{_SEP}?\d{{2,4}}){{2,3}}(?![\w/])"
_FIXED = rf"(?<![\w/])\(0\d{{1,3}}\){_SEP}?\d{{3,4}}{_SEP}?\d{{3,4}}(?:{_SEP}?\d{{1,3}})?(?![\w/])"
_SERVICE = rf"(?<![\w/.,])(?:1800|1900)(?:{_SEP}?\d{{2,4}}){{1,2}}(?![\w/])"
# Emergency and public numbers (111 children, 112 rescue, 113 police, 114 fire, 115 ambulance,
# 1022 public service): as numbers they could be amounts, so a label must stand before.
_SHORT = r"(?<![\w/.,+])(?:11[1-9]|1[0-9]{3}|1[0-9]{4})(?![\w/%]|[.,]\d)"
_LABEL = re.compile(
    r"(?:gọi|tổng đài|cứu nạn|đường dây nóng|hotline|điện thoại|ĐT|SĐT|khẩn cấp|cấp cứu|"
    r"cứu hỏa|chữa cháy|số máy|cảnh sát|công an)"
    r"(?:[^\n.;]{0,25}?\d[\d,/ ]*(?:,|và|hoặc))?[^\n\d.;,]{0,25}$",
    re.IGNORECASE,
)
_DIGITS_OF_A_NUMBER = range(8, 13)
# How people break a number written without gaps, by its length.
_BREAKS = {8: (4, 4), 9: (3, 3, 3), 10: (4, 3, 3), 11: (4, 4, 3)}


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Numbers of the national plan (Thông tư 22/2014/TT-BTTTT): 0…, +84…, 1800, 1900, 11x."""
    return (
        rule(_FIXED, _say),
        rule(_SERVICE, _say),
        rule(_MOBILE, _say_long),
        rule(_SHORT, _say_labelled),
    )


def _say(match: "re.Match[str]") -> Said:
    plus = "cộng " if "+" in match[0] else ""
    return plus + ", ".join(map(digit_by_digit, _groups(match[0])))


def _say_long(match: "re.Match[str]") -> Said:
    count = sum(character.isdigit() for character in match[0])
    return _say(match) if count in _DIGITS_OF_A_NUMBER else None


def _say_labelled(match: "re.Match[str]") -> Said:
    return digit_by_digit(match[0]) if _LABEL.search(before(match, 70)) else None


def _groups(written: str) -> list[str]:
    """As written; a long group as people break it."""
    return [part for group in re.findall(r"\d+", written) for part in _broken(group)]


def _broken(group: str) -> list[str]:
    digits = iter(group)
    sizes = _BREAKS.get(len(group), (len(group),))
    return ["".join(islice(digits, size)) for size in sizes]
