"""Stretches of spoken text that are said in one breath: citations of law, numbers, dates, sums."""

import re
from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]

NUMBER_WORD = (
    r"(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn"
    r"|triệu|tỷ|tỉ|linh|lẻ|rưỡi|phẩy|chấm|âm|phần)\b"
)
# Words that stand between the numbers of a date, a time, a range or a sum.
_BETWEEN = r"(?:ngày|tháng|năm|quý|giờ|phút|giây|mùng|đến|trên|cộng|đồng)\b"
_LINK = rf"(?:{NUMBER_WORD}|{_BETWEEN})"
# With the word before ("khoản hai", "số mười") and the word after ("hai mươi hộ").
_NUMBERED = re.compile(rf"\b(?:\w+ )?\b{NUMBER_WORD}(?:,? {_LINK})*(?: \w+)?", re.IGNORECASE)

_UNIT = r"(?:điểm|khoản|điều|tiểu mục|mục|chương|phần|phụ lục|tiết)"
# An act is told by its number, a law also by its name and year.
_LAW = r"(?:bộ luật|luật|pháp lệnh|hiến pháp)"
_ACT = (
    r"(?:nghị định|nghị quyết|quyết định|thông tư liên tịch|thông tư|chỉ thị|công điện|công văn"
    r"|kế hoạch|thông báo|tờ trình|hướng dẫn|văn bản)"
)
_DIGITS = rf"{NUMBER_WORD}(?:,? {_LINK})*"
# "điểm a, bê": letters are said with one to three letters.
_PART = rf"{_UNIT} (?:{_DIGITS}|\w{{1,3}}\b(?:,? (?:và )?\w{{1,3}}\b)*)"
# Ten words are more than any law's name that is said with its year.
_NAMED = rf"(?:{_ACT}|{_LAW}(?: \w+){{0,10}}?)(?: số| năm){{1,2}} {_DIGITS}"
# Who issued it: as much as "Ủy ban nhân dân tỉnh Lào Cai" or "Bộ Thông tin và Truyền thông".
_ISSUER = r"của \w+(?: \w+){0,6}"
_STEP = rf"(?:{_PART}|{_NAMED}|{_ACT}|{_LAW}|(?:ngày|năm|tháng) {_DIGITS})"
_CITATION = re.compile(
    rf"\b(?:{_PART}|{_NAMED})(?:,? (?:(?:và|hoặc|của|tại|đến) )?{_STEP})*(?: {_ISSUER})?",
    re.IGNORECASE,
)


def citations(spoken: str) -> tuple[Span, ...]:
    """Where law is cited: "điểm a, khoản hai, Điều bảy, Luật Báo chí năm …", with its issuer."""
    return tuple(found.span() for found in _CITATION.finditer(spoken))


def wholes(spoken: str) -> tuple[Span, ...]:
    """All stretches that must stay together, in order, none touching another."""
    numbered = (found.span() for found in _NUMBERED.finditer(spoken))
    return _merged([*citations(spoken), *numbered])


def is_inside(at: int, spans: tuple[Span, ...]) -> bool:
    """Whether a cut before the character `at` would tear one of `spans` (of `wholes`)."""
    before = bisect_right(spans, (at - 1, len(spans) and spans[-1][1])) - 1
    return before >= 0 and spans[before][0] < at < spans[before][1]


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
