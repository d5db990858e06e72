"""Telephone numbers: digit by digit, in the groups they are written in."""

import re
from itertools import islice

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import digit_by_digit
from tts.normalise.rules import MASK, Rule, Said, before, fixed, rule, rule_in_source

_SEP = r"[ .\-]"
_NEXT = rf"(?:{_SEP}?\d)"
# Nine digits after the nought of a mobile number, nine or ten after that of a fixed one; people
# break them where they like, and write a second one after a slash.
_LONG = (
    rf"(?<![\w+.,])(?:0[35789]{_NEXT}{{8}}|02{_NEXT}{{8,9}}|\(02\d{{1,2}}\){_NEXT}{{7,8}}"
    rf"|\(?\+84\)?{_NEXT}{{9,10}}|84\d{{9,10}})(?!\w|/(?! ?0))(?!\s?(?:đ|đồng)\b)"
)
_MONEY = r"\s?(?:đ|đồng|triệu|nghìn|ngàn|người|hộ|ha|m²|m2|kg|con)\b"
_SERVICE = rf"(?<![\w/.,])(?:1800|1900)(?:{_SEP}?\d{{2,4}}){{1,3}}(?![\w/]|[.,]\d)(?!{_MONEY})"
# Emergency and public numbers (111 children, 112 rescue, 113 police, 114 fire, 115 ambulance,
# 1022 public service): as numbers they could be amounts, so a label must stand before.
_SHORT = r"(?<![\w/.,+])(?:11[1-9]|1[0-9]{3}|1[0-9]{4})(?![\w/%]|[.,]\d)"
_LABEL = re.compile(
    r"(?:gọi|tổng đài|cứu nạn|đường dây nóng|hotline|điện thoại|ĐT|SĐT|khẩn cấp|cấp cứu|"
    r"cứu hỏa|chữa cháy|báo cháy|số máy|cảnh sát|công an|trẻ em|tố giác|trình báo|phản ánh|"
    r"qua số|báo tin)"
    rf"(?:[^\n.;]{{0,25}}?[\d{MASK}][\d{MASK},/ ]*(?:,|và|hoặc))?[^\n\d.;,]{{0,25}}$",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\s?(?:[-–—:=]\s?|\()(?:là |số )?(?:công an|cảnh sát|cứu hỏa|cứu hoả|chữa cháy|phòng cháy"
    r"|cấp cứu|y tế|cứu nạn|cứu hộ|bảo vệ trẻ em|trẻ em)(?!\w)",
    re.IGNORECASE,
)
_BRANCH_AFTER = re.compile(r",? (?:bấm |chọn )?nhánh(?!\w)")
_OF_THE_STATE = re.compile("11[1-5]")
# A number of which a warning hides a part: 0347.888.xxx, 0398.***.123.
_HIDDEN = (
    r"(?<![\w+.,])0\d{2,3}(?:[ .]?\d{2,4})?(?:[ .]?(?:[xX]{2,4}|\*{2,4})){1,2}"
    r"(?:[ .]?\d{2,4})?(?![\w*])"
)
# What is typed on a telephone: *101#.
_DIALLED = r"(?<!\w)\*\d{1,5}(?:\*\d{1,15}){0,4}#"
# Prefixes that strangers call from: "đầu số +224, +373".
_PREFIX = r"(?<![\w+.,])\+\d{2,3}(?![\w%]|[.,]\d)"
_STRANGE = re.compile(r"(?i:(?:đầu số|mã (?:vùng|nước|quốc gia)|số lạ)(?!\w))[^\n.;]{0,40}$")
# How people break a number written without gaps, by its length.
_BREAKS = {8: (4, 4), 9: (3, 3, 3), 10: (4, 3, 3), 11: (4, 4, 3)}


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Numbers of the national plan (Thông tư 22/2014/TT-BTTTT): 0…, +84…, 1800, 1900, 11x."""
    return (
        fixed(r"(?<!\w)Đ\. ?thoại(?!\w)", "điện thoại"),
        fixed(rf"(?<!\w)ĐT(?=(?: [a-zà-ỹđ]+){{0,3}}[ .:]{{0,2}}{_LONG})", "điện thoại"),
        rule(_HIDDEN, _say_hidden),
        rule(_DIALLED, _say_dialled),
        rule(_SERVICE, _say),
        rule(_LONG, _say),
        rule_in_source(rf"(?<={MASK})\s?/\s?(?={MASK})", _between_two),
        rule(_SHORT, _say_labelled),
        rule(_PREFIX, _say_prefix),
    )


def _say(match: "re.Match[str]") -> Said:
    plus = "cộng " if "+" in match[0] else ""
    return plus + ", ".join(map(digit_by_digit, _groups(match[0])))


def _between_two(match: "re.Match[str]", source: str) -> Said:
    """ "0912.345.678/0987.654.321": a listener must hear that these are two."""
    left = re.search(
        rf"(?:{_SEP}?\d){{9,}}\)?$", source[max(0, match.start() - 16) : match.start()]
    )
    right = re.match(
        rf"[(+]{{0,2}}\d(?:\)?{_SEP}?\d){{8,}}", source[match.end() : match.end() + 16]
    )
    return "," if left and right else None


def _say_labelled(match: "re.Match[str]") -> Said:
    if _BRANCH_AFTER.match(match.string, match.end()):
        return digit_by_digit(match[0])  # "1022 nhánh 2"
    whose = _OF_THE_STATE.fullmatch(match[0]) and _WHOSE.match(match.string, match.end())
    return digit_by_digit(match[0]) if whose or _LABEL.search(before(match, 70)) else None


def _say_prefix(match: "re.Match[str]") -> Said:
    return _say(match) if _STRANGE.search(before(match, 60)) else None


def _say_hidden(match: "re.Match[str]") -> Said:
    parts = re.findall(r"\d+|[xX]+|\*+", match[0])
    return ", ".join(spell(part) or " ".join("sao" for _ in part) for part in parts)


def _say_dialled(match: "re.Match[str]") -> Said:
    keys = {"*": "sao", "#": "thăng"}
    parts = re.findall(r"\d+|[*#]", match[0])
    return " ".join(keys.get(part) or digit_by_digit(part) for part in parts)


def _groups(written: str) -> list[str]:
    """As written; a long group as people break it."""
    return [part for group in re.findall(r"\d+", written) for part in _broken(group)]


def _broken(group: str) -> list[str]:
    digits = iter(group)
    sizes = _BREAKS.get(len(group), (len(group),))
    return ["".join(islice(digits, size)) for size in sizes]
