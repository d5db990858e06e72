"""What stands between two numbers: a date, a share, a time of day, a range."""

import re
from itertools import chain

from tts.meaning.numbers import Number
from tts.meaning.ranges import dash
from tts.meaning.sounds import Form, Phrase, phrase
from tts.meaning.want import Want

_SLASH = re.compile(r"\s?/\s?")
_FULL_DATE = re.compile(
    r"(?<!\d)(?<!\d[/–—-])(?:0?[1-9]|[12]\d|3[01])(\s?[/–—-]\s?)(?:0?[1-9]|1[0-2])(\s?[/–—-]\s?)"
    r"(?:(?:1\d|20)\d\d|\d\d(?![/-]))(?!\w)"
)
_DOTTED_DATE = re.compile(
    r"(?i:(?<=ngày ))(?:0?[1-9]|[12]\d|3[01])(\s?\.\s?)(?:0?[1-9]|1[0-2])(\s?\.\s?)"
    r"(?:19|20)\d\d(?!\w)"
)
_DAY, _MONTH, _YEAR = range(1, 32), range(1, 13), range(1800, 2200)

_DATE_MONTH, _DATE_YEAR = phrase("tháng"), phrase("năm")
_SHARE = phrase("phần|trên|chia|gạch chéo|gạch")
_ANY_SLASH = phrase("tháng|phần|trên|chia|gạch chéo|gạch|xuyệc|xuyệt|xẹt|sổ|hoặc|và")
_COLON = phrase("giờ|trên|chia|hai chấm")
_MINUTE, _COMMA = phrase("phút"), phrase("phẩy")
# Of these one has tenths, and seldom a list.
_TENTHS_BEFORE = re.compile(
    r"(?<!\w)(?:công suất|lưu lượng|diện tích|dung tích|khối lượng|trọng lượng|lượng mưa|nhiệt độ"
    r"|đường kính|bán kính|cự ly|lãi suất|tỷ lệ|tỉ lệ|độ ẩm|độ mặn|dài|rộng|cao|sâu|dày|nặng)"
    r"(?: (?:là|đạt|trên|dưới|khoảng|gần|hơn))?,? $",
    re.IGNORECASE,
)
_EACH, _TO = phrase("một|mỗi"), phrase("đến")

_DATED = re.compile(r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm nay|hôm qua|ngày mai)\s*\(?\s*$")
_SHARED = re.compile(
    r"\s(?:số|tổng|diện tích|dân số|quân số|tiêu chí|chỉ tiêu|phiếu|đại biểu|trẻ chưa)(?!\w)"
)
_CODE_BEFORE = re.compile(r"[/.-]$")
_CODE_AFTER = re.compile(r"[-–/.]?[^\W\d_]|[-–/]\d")
# "30/4-1/5", "5-10/9", "10/2026 - 3/2027" are ranges of dates and no codes.
_RANGE_BEFORE = re.compile(r"(?<![\w.-])\d{1,2}(?:/\d{1,2}|/\d{4})?\s?[-–]\s?$")
_RANGE_AFTER = re.compile(r"(?:/\d{4})?\s?[-–]\s?\d{1,2}/\d")
_DAY_AND_NIGHT = {(24, 7), (24, 24), (7, 7)}
# Of more digits is no share: a telephone number, a code.
_LARGEST_SHARE = 99_999


def date_joints(text: str) -> dict[int, Phrase]:
    """Where a full date has its two marks: 2-12-2026 is never a range."""
    found = {}
    for match in chain(_FULL_DATE.finditer(text), _DOTTED_DATE.finditer(text)):
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
    if _SLASH.fullmatch(between):
        return _slash(left, right, text)
    if between == ":" and text[left.span[0] - 1] == ":":  # 16:21:05
        return Want(span, ((_MINUTE,), (_COLON,)), "Phút").optional()
    if between == ", " and _TENTHS_BEFORE.search(text[max(0, left.span[0] - 24) : left.span[0]]):
        return Want(span, ((_COMMA,),), "Dấu phẩy").optional()  # "rộng 3, 5 m": reported
    if between == ":":
        edition: tuple[Form, ...] = ((_DATE_YEAR,),) if _whole(right) in _YEAR else ()
        want = Want(span, ((_COLON,), *edition), "Giờ")
        clock = _whole(left) in range(25) and re.fullmatch(r"[0-5]\d", right.raw)
        return want if clock and not left.marks else want.optional()
    return dash(left, right, text)


def _slash(left: Number, right: Number, text: str) -> Want:
    span = (left.end, right.span[0])
    before = text[max(0, left.span[0] - 24) : left.span[0]].lower()
    upper, lower = _whole(left), _whole(right)
    if left.marks or _is_code(upper, lower, before, text, right.span[1]):
        ways = _ways(upper, lower)
        return Want(span, (*ways, (_EACH,)) if left.marks else ways, "Dấu gạch chéo").optional()
    if upper in _DAY and lower in _MONTH and not right.marks:
        if _DATED.search(before):
            return Want(span, ((_DATE_MONTH,),), "Ngày tháng")
        if _SHARED.match(text, right.end):
            return Want(span, ((_SHARE,),), "Phân số")
    return Want(span, _ways(upper, lower), "Dấu gạch chéo")


def _ways(upper: int, lower: int) -> tuple[Form, ...]:
    year: tuple[Form, ...] = ((_DATE_YEAR,),) if lower in _YEAR else ()
    school: tuple[Form, ...] = ((_TO,),) if upper in _YEAR and upper < lower in _YEAR else ()
    return ((_ANY_SLASH,), *year, *school)


def _is_code(upper: int, lower: int, before: str, text: str, end: int) -> bool:
    if (upper, lower) in _DAY_AND_NIGHT or max(upper, lower) > _LARGEST_SHARE:
        return True
    if _RANGE_BEFORE.search(before) or _RANGE_AFTER.match(text, end):
        return False
    return bool(_CODE_AFTER.match(text, end) or _CODE_BEFORE.search(before))


def _whole(number: Number) -> int:
    return int("".join(filter(str.isdigit, number.raw))[:12])
