"""A dash between two numbers: a range, which is heard with "đến", or the mark of a code."""

import re

from tts.meaning.numbers import Number
from tts.meaning.sounds import Form, phrase
from tts.meaning.want import Want

_DASH = re.compile(r"(\s*)(?:[-–—−÷~]|[-=]>|→)(\s*)(?:([^\W\d_]+)\.?\s?)?[-−]?(?:[<≤]=?\s?)?")
# "- 10 kg\n-15.000đ": the next point of a list.
_BULLET_BEFORE = re.compile(r"^[ \t]*[-–—•*+][^\n]*\Z", re.MULTILINE)
_INTO = phrase("sang")
_TO, _MONTH, _YEAR = phrase("đến"), phrase("tháng"), phrase("năm")
# "kỷ niệm 27-7, 2-9", "tháng 5 – 2026"
_FEAST_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|lễ|dịp|kỷ niệm|mừng|tết|quốc khánh|nghỉ)\b[^;:\n]*$"
    r"|(?:1[3-9]|2\d|3[01])\s?[-–.]\s?\d{1,2}(?:,| và|;| [-–])\s$"
)
_NO_THING_AFTER = re.compile(r"\s*(?:$|[.,;:()\n–”\"’'»-]|(?:và|năm|tại|của|sắp|này|vừa)\b)")
_DAYS, _MONTHS, _YEARS = range(1, 32), range(1, 13), range(1800, 2200)
# Long enough for "số hiệu cán bộ" and the name of a bank.
_LOOK_BACK = 32
_LINE = 80
# Two that play: "bán kết: Thôn 1 - Thôn 2".
_PLAYED_BEFORE = re.compile(
    r"(?<!\w)(?:trận|bảng [a-h]|thi đấu|bóng đá|bóng chuyền|kéo co|chung kết|bán kết|tứ kết"
    r"|vòng loại|tỷ số|kết quả)(?!\w)[^\n.]*\Z",
    re.IGNORECASE,
)
_NO_RANGE = re.compile(
    r"(?<!\w)(?:tỷ số|tỉ số|thắng|thua|hòa|(?<!từ )số nhà|(?<!từ )(?<!số )nhà|serial|ký hiệu|"
    r"(?:mã|biển số|số hiệu|tài khoản|stk|mst|hồ sơ|hóa đơn)(?: [^\W\d_]+){0,3})[:\s]*$"
    r"|[^\W\d_][-–.]?$|[\w)][-–/.]$"
)
# "thắng 25-20, 25-23, 19-25"
_SETS_BEFORE = re.compile(
    r"(?<!\w)(?:tỷ số|tỉ số|thắng|thua|hòa|kết quả|hiệp|set|séc)(?!\w)[^.;\n]*?\d\s?[-–]\s?\d+"
    r"(?:,| và|;)\s*\Z",
    re.IGNORECASE,
)
_NORTH, _EAST = ("°N", "°B", "°S"), ("°E", "°Đ", "°W")
_MINUTE_BEFORE = re.compile(r"\d\s?(?:h|g|giờ|:)\s?$")
_MONTH_BEFORE = re.compile(r"\d/$")
_HOUR_AND_DAY_BEFORE = re.compile(r"\d\s?(?:h|giờ)\d{0,2},? ngày \d{1,2}/$")
_DATED_AFTER = re.compile(r"/(?:\d{1,2}|\d{4})(?!\d)")
_CODE_AFTER = re.compile(r"[-–/.]?[^\W\d_]|[-–/]\d")
# "80% - 95% - 100%" and "thôn 4 - 5 - 6" are steps.
_CHAIN_AFTER = re.compile(r"\s?[-–—]\s?\d+(?:[.,]\d+)?(?:%|(?![\w/:.,]|\s?[-–]\d))")
_CHAIN_BEFORE = re.compile(r"(?<![/\w.,:])\d+%?\s?[-–—]\s?$")
# Six digits and more are a code or a telephone number, unless their thousands are grouped.
_CODE = re.compile(r"0\d{2,}|\d{6,}|0\d{1,3}(?:\.\d{3,4})+|1[89]00")


def dash(left: Number, right: Number, text: str) -> Want | None:
    """What a dash between two neighbours demands; None if there is none."""
    match = _DASH.fullmatch(text[left.end : right.span[0]])
    if not match:
        return None
    way: list[Form] = [(_TO,)]
    if right.marks:  # the marks of the second end may be said at the first too
        way.append((right.marks[0].heard, _TO))
        way.append((*(mark.heard for mark in right.marks), _TO))
    at = left.end + len(match[1])
    before = text[max(0, left.span[0] - _LOOK_BACK) : left.span[0]].lower()
    if "→" in match[0] or ">" in match[0]:
        way.append((_INTO,))  # "dời 8h → 14h"
    way += _dated(left, right, text, before)
    want = Want((at, at + 1), tuple(way), "Khoảng")
    if "\n" in match[1] and _BULLET_BEFORE.search(text[: left.span[0]]):
        return want.optional()
    head = (match[3] or "").lower()
    if head and "→" in match[0]:
        return want.optional()  # "Bước 1 → Bước 2"
    if head and head != "km" and not re.search(rf"(?<!\w){head}\.?\s*$", before):
        return want.optional()  # "Điều 5 - khoản 8"
    if head and _PLAYED_BEFORE.search(text[max(0, left.span[0] - _LINE) : left.span[0]]):
        return want.optional()
    return want if _is_range(left, right, text, before, head) else want.optional()


def _is_range(left: Number, right: Number, text: str, before: str, head: str) -> bool:
    """A range for sure: two amounts, the lower first, or two times; no code and no score."""
    if _MINUTE_BEFORE.search(before) or _is_hour(left):
        return _is_hour(right) or text[right.span[1] : right.span[1] + 1] == ":"
    dated = bool(_DATED_AFTER.match(text, right.span[1]))
    if _MONTH_BEFORE.search(before):
        return dated or (_is_hour(right) and bool(_HOUR_AND_DAY_BEFORE.search(before)))
    if dated and before.endswith("thứ "):
        return False  # "thứ 3 - 15/9"
    coded = not right.marks and not dated and bool(_CODE_AFTER.match(text, right.span[1]))
    coded = coded or bool(_CODE.fullmatch(left.raw) or _CODE.fullmatch(right.raw))
    if head == "km":
        return True  # "Km99+200 - Km101"
    chained = _CHAIN_AFTER.match(text, right.end) or _CHAIN_BEFORE.search(before)
    sets = _SETS_BEFORE.search(text[max(0, left.span[0] - _LINE) : left.span[0]])
    if coded or chained or sets or _NO_RANGE.search(before) or _measures_otherwise(left, right):
        return False
    return left.value < right.value and not _is_negative(right, text)


def _measures_otherwise(left: Number, right: Number) -> bool:
    """ "15,4°N - 112,8°E" is one place, "40MVA - 110/35/22kV" one transformer."""
    first = left.marks[0] if left.marks else None
    last = right.marks[0] if right.marks else None
    if first and not last:
        return first.kind == "unit"
    return bool(first and last and first.written in _NORTH and last.written in _EAST)


def _dated(left: Number, right: Number, text: str, before: str) -> list[Form]:
    """What a dash between a day and its month, or a month and its year, may say too."""
    if left.marks or right.marks or not (left.raw + right.raw).isdigit():
        return []
    first, last = int(left.raw), int(right.raw)
    if first in _MONTHS and last in _YEARS and re.search(r"(?:tháng|quý)\s*$", before):
        return [(_YEAR,)]
    feast = _FEAST_BEFORE.search(before) and _NO_THING_AFTER.match(text, right.span[1])
    return [(_MONTH,)] if feast and first in _DAYS and last in _MONTHS else []


def _is_negative(right: Number, text: str) -> bool:
    at = right.span[0]
    return text[at - 1] in "-−" and text[at - 2] in " -–"


def _is_hour(number: Number) -> bool:
    return any(mark.kind == "hour" for mark in number.marks)
