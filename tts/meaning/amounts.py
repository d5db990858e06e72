"""A number with its marks: 1,2 tỷ đồng, 1tr2, 60.000đ, 10h00."""

import re

from tts.meaning.figures import forms
from tts.meaning.marks import Mark
from tts.meaning.numbers import Number
from tts.meaning.sounds import Cardinal, Digits, Form, Perhaps, phrase
from tts.meaning.want import Want

_DOLLARS = phrase("đô la|đô")
_NO_MINUTES: tuple[Form, ...] = ((Digits("00"),), (Cardinal(0), phrase("phút|giây")))
_NAMES = {
    "magnitude": "Hàng số", "money": "Đơn vị tiền", "share": "Phần trăm", "hour": "Giờ",
    "minute": "Phút", "unit": "Đơn vị",
}  # fmt: skip  # a table, read across
_DEGREES = Perhaps(phrase("độ"))
_SIDE_AFTER = re.compile(r"\s?[NEW](?!\w)")  # "15,5N"
# "kỳ hạn 12t"
_TERM = re.compile(r"t(?!\w)")
_TERM_BEFORE = re.compile(r"(?i:kỳ hạn|kì hạn|thời hạn)(?: từ)?\W*$")
_POINTS, _FEW = phrase("điểm"), 1000
"""Below so many "đ" may be the points of an examination."""
_FIRST_TEN = Perhaps(phrase("mùng"))
_COUNTED = re.compile(
    r"\s?(?:lần|viên|buổi|bữa|liều|gói|ống|chuyến|người|hộ|trẻ|em|con|tuổi|tháng tuổi"
    r"|suất|bộ)(?!\w)"
)
# "202/2025/QH15 của Quốc hội khóa XV" says the term twice.
_HOUSE_BEFORE = re.compile(r"(?:QH|UBTVQH)$")
_TERM_AFTER = re.compile(r"[^.;\n]{0,60}(?i:Quốc hội (?:khóa|khoá))(?!\w)")
_SIGN_AFTER = re.compile(r"(?<=[-–—−~÷])\s?[-−–+]$")  # "-5°C ÷ -2°C"
_DASHES = frozenset({"-", "–", "—", "−", "~", "÷", ""})


def figure(number: Number, text: str) -> Want:
    """The number, with its magnitude if it has one: "1,2 tỷ" is also "một tỷ hai trăm triệu"."""
    start, end = number.span
    said = forms(number.raw, text[max(0, start - 16) : start].lower(), text[end : end + 8].lower())
    size = _magnitude(number)
    if not size:
        first = (_FIRST_TEN,) if _may_be_a_day(number, text) else ()
        last: Form = (_DEGREES,) if _SIDE_AFTER.match(text, end) else ()
        if _TERM.match(text, end) and _TERM_BEFORE.search(text[:start][-24:]):
            last = (phrase("tháng"),)
        want = Want(number.span, tuple((*first, *form, *last) for form in said), "Số")
        again = _HOUSE_BEFORE.search(text[:start][-8:]) and _TERM_AFTER.match(text, end)
        return want.optional() if again else want
    total = number.value * size.times
    whole: tuple[Form, ...] = ((Cardinal(int(total)),),) if total == int(total) else ()
    return Want((start, size.span[1]), (*((*form, size.heard) for form in said), *whole), "Số")


def _may_be_a_day(number: Number, text: str) -> bool:
    """Days up to the tenth are "mùng"; "ngày 2 lần" counts and is no date."""
    day = re.fullmatch(r"(?:0?[1-9]|10)(?:\..*)?", number.raw)
    return bool(day) and not number.marks and not _COUNTED.match(text, number.span[1])


def minutes(number: Number, previous: Number | None, text: str) -> Want | None:
    """The empty minutes of a full hour, which may stay silent; None for other numbers."""
    if number.raw not in ("00", "0") or previous is None:
        return None
    between = text[previous.end : number.span[0]]
    hour = any(mark.kind == "hour" for mark in previous.marks) and not between.strip()
    silent = hour or between == ":"
    return Want(number.span, _NO_MINUTES, "Phút", needed=False) if silent else None


def marks(number: Number, after: Number | None, text: str) -> list[Want]:
    """The marks behind the figure; of a range, the second end may say them for both."""
    size = _magnitude(number)
    joined = after and _SIGN_AFTER.sub("", text[number.end : after.span[0]]).strip() in _DASHES
    shared = [mark.heard for mark in after.marks] if after and joined else []
    found = []
    for mark in number.marks[1 if size else 0 :]:
        points: tuple[Form, ...] = ((_POINTS,),) if mark.written == "đ" and not size else ()
        small = number.value < _FEW
        want = Want(mark.span, ((mark.heard,), *(points if small else ())), _NAMES[mark.kind])
        quiet = mark.heard in shared or mark.kind == "minute"
        found.append(want.optional() if quiet else want)
    if text[number.span[0] - 1 : number.span[0]] == "$":
        found.append(Want(number.span, ((_DOLLARS,),), "Đơn vị tiền"))
    return found


def mixed(number: Number, after: Number | None) -> Want | None:
    """ "1tr2", "3k5": what follows the magnitude are its tenths; None for other numbers."""
    size = _magnitude(number)
    if not size or len(number.marks) > 1 or not after or after.span[0] != number.end:
        return None
    if not (number.raw + after.raw).isdigit() or len(after.raw) > 3 or after.marks:
        return None
    tenths: Form = (Cardinal(int(number.raw)), size.heard, Cardinal(int(after.raw)))
    short = (tenths,) if len(after.raw) == 1 else ()
    whole = int(number.raw) * size.times + int(after.raw) * size.times // 10 ** len(after.raw)
    return Want((number.span[0], after.span[1]), (*short, (Cardinal(whole),)), "Số")


def _magnitude(number: Number) -> Mark | None:
    first = number.marks[0] if number.marks else None
    return first if first and first.kind == "magnitude" else None
