"""What stands between two numbers: a range, a date, a share, a time of day."""

import re

from tts.meaning.numbers import Number
from tts.meaning.sounds import Form, Phrase, phrase
from tts.meaning.want import Want

_DASH = re.compile(r"(\s*)(?:[-–—−÷~]|->|→)(\s*)(?:([^\W\d_]+)\.?\s?)?[-−]?")
_SLASH = re.compile(r"\s?/\s?")
_FULL_DATE = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(\s?[/-]\s?)(?:0?[1-9]|1[0-2])(\s?[/-]\s?)(?:(?:1\d|20)\d\d|\d\d(?![/-]))(?![\w])"
)
_DAY, _MONTH, _YEAR = range(1, 32), range(1, 13), range(1800, 2200)

_TO = phrase("đến")
_DATE_MONTH, _DATE_YEAR = phrase("tháng"), phrase("năm")
_SHARE = phrase("phần|trên|chia|gạch chéo|gạch")
_ANY_SLASH = phrase("tháng|phần|trên|chia|gạch chéo|gạch|xuyệc|xuyệt|xẹt|sổ|hoặc|và")
_COLON = phrase("giờ|trên|chia|hai chấm")

_DATED = re.compile(r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm nay|hôm qua|ngày mai)\s*\(?\s*$")
_SHARED = re.compile(
    r"\s(?:số|tổng|diện tích|dân số|quân số|tiêu chí|chỉ tiêu|phiếu|đại biểu|trẻ chưa)(?!\w)"
)
_NO_RANGE = re.compile(
    r"(?:tỷ số|tỉ số|thắng|thua|hòa|số nhà|nhà|mã|mã số|biển số|số hiệu|tài khoản|stk|mst|hồ sơ|"
    r"hóa đơn|serial|ký hiệu)\s*$|[^\W\d_][-–.]?$|[\w)][-–/.]$"
)
_MINUTE_BEFORE = re.compile(r"\d\s?(?:h|g|giờ|:)\s?$")
_DATED_AFTER = re.compile(r"/(?:\d{1,2}|\d{4})(?!\d)")
_CODE_BEFORE = re.compile(r"[/.-]$")
_RANGE_BEFORE = re.compile(r"(?<![\w.-])\d{1,2}(?:/\d{1,2}|/\d{4})?\s?[-–]\s?$")
_RANGE_AFTER = re.compile(r"(?:/\d{4})?\s?[-–]\s?\d{1,2}/\d")
_MONTH_BEFORE = re.compile(r"\d/$")
_CODE_AFTER = re.compile(r"[-–/.]?[^\W\d_]|[-–/]\d|[-–/][^\W\d_]")
# Six digits and more are a code or a telephone number, unless their thousands are grouped.
_CODE = re.compile(r"0\d{2,}|\d{6,}|0\d{1,3}(?:\.\d{3,4})+|1[89]00")


def date_joints(text: str) -> dict[int, Phrase]:
    """Where a full date has its two marks: 2-12-2026 is never a range."""
    found = {}
    for match in _FULL_DATE.finditer(text):
        if match[1].strip() == match[2].strip():
            found[match.start(1)] = _DATE_MONTH
            found[match.start(2)] = _DATE_YEAR
    return found


def joint(left: Number, right: Number, text: str, dates: dict[int, Phrase]) -> Want | None:
    """What must, or may, be heard between two neighbours; None if nothing joins them."""
    between = text[left.end : right.span[0]]
    span = (left.end, right.span[0])
    if left.end in dates:
        return Want(span, ((dates[left.end],),), "Ngày tháng")
    if dash := _DASH.fullmatch(between):
        return _dash(left, right, text, dash)
    if _SLASH.fullmatch(between):
        return _slash(left, right, text)
    if between == ":":
        want = Want(span, ((_COLON,),), "Giờ")
        clock = _whole(left.raw) in range(25) and re.fullmatch(r"[0-5]\d", right.raw)
        return want if clock else want.optional()
    return None


def _dash(left: Number, right: Number, text: str, dash: "re.Match[str]") -> Want:
    way: list[Form] = [(_TO,)]
    if right.marks:
        way.append((right.marks[0].heard, _TO))
        way.append((*(mark.heard for mark in right.marks), _TO))
    at = left.end + len(dash[1])
    want = Want((at, at + 1), tuple(way), "Khoảng")
    return want if _is_range(left, right, text, dash[3]) else want.optional()


def _is_range(left: Number, right: Number, text: str, head: str | None) -> bool:
    """A range for sure: two amounts, the lower first, or two times; no code and no score."""
    before = text[max(0, left.span[0] - 24) : left.span[0]].lower()
    if (
        head
        and head.lower() != "km"
        and not re.search(rf"(?<!\w){re.escape(head.lower())}\s*$", before)
    ):
        return False
    if _MINUTE_BEFORE.search(before) or _is_hour(left):
        return _is_hour(right) or text[right.span[1] : right.span[1] + 1] == ":"
    dated = bool(_DATED_AFTER.match(text, right.span[1]))
    if _MONTH_BEFORE.search(before):
        return dated
    if dated and before.endswith("thứ "):
        return False  # "thứ 3 - 15/9"
    return not _is_code(left, right, before, text, dated=dated) and _rises(left, right, text)


def _is_code(left: Number, right: Number, before: str, text: str, *, dated: bool) -> bool:
    if _CODE.fullmatch(left.raw) or _CODE.fullmatch(right.raw) or _NO_RANGE.search(before):
        return True
    return not right.marks and not dated and bool(_CODE_AFTER.match(text, right.span[1]))


def _rises(left: Number, right: Number, text: str) -> bool:
    negative = text[right.span[0] - 1] in "-−" and text[right.span[0] - 2] in " -–"
    return left.value < right.value and not negative


def _is_hour(number: Number) -> bool:
    return any(mark.kind == "hour" for mark in number.marks)


def _slash(left: Number, right: Number, text: str) -> Want:
    span = (left.end, right.span[0])
    before = text[max(0, left.span[0] - 24) : left.span[0]].lower()
    coded = _CODE_AFTER.match(text, right.span[1]) or _CODE_BEFORE.search(before)
    if _RANGE_BEFORE.search(before) or _RANGE_AFTER.match(text, right.span[1]):
        coded = None  # "30/4-1/5"
    upper, lower = _whole(left.raw), _whole(right.raw)
    ways: tuple[Form, ...] = ((_ANY_SLASH,), *(((_DATE_YEAR,),) if lower in _YEAR else ()))
    if left.marks or coded or (upper, lower) in ((24, 7), (24, 24)) or max(upper, lower) > 99_999:
        each: tuple[Form, ...] = ((phrase("một|mỗi"),),) if left.marks else ()
        return Want(span, (*ways, *each), "Dấu gạch chéo").optional()
    if upper in _DAY and lower in _MONTH and not right.marks:
        if _DATED.search(before):
            return Want(span, ((_DATE_MONTH,),), "Ngày tháng")
        if _SHARED.match(text, right.end):
            return Want(span, ((_SHARE,),), "Phân số")
    return Want(span, ways, "Dấu gạch chéo")


def _whole(raw: str) -> int:
    return int("".join(filter(str.isdigit, raw))[:12])
