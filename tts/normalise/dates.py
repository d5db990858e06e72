"""Dates and their ranges: 02/12/2026, 10 - 12/12/2026, 12/2026, 30/4 where a day is meant."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rules import Rule, Said, after, before, rule

_D = r"(?:[12]\d|3[01]|0?[1-9])"
_M = r"(?:1[0-2]|0?[1-9])"
_Y = r"(?:1\d|20)\d{2}"
_S = r"\s?[/.\-–]\s?"
_OPEN = r"(?<![\w/.,\-])"
_FIRST = rf"{_OPEN}(?<!hứ )"  # "thứ 3 - 15/9" is one day
_CLOSE = r"(?![\w/]|[.,\-]\d)"
_DMY = rf"{_D}\s?(?:/\s?{_M}\s?/|\.{_M}\.|-{_M}-)\s?{_Y}"
_DM = rf"{_D}/{_M}"
_MY = rf"{_M}/(?:1[89]|20)\d{{2}}"

# A day and a month look like a fraction: what stands around must say which it is.
_DAY_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|hôm \w+|sáng|trưa|chiều|tối|đêm|lễ|dịp|rằm|mùng|mồng|tết|kỷ niệm|hạn|"
    r"giỗ tổ|quốc khánh|lịch|thứ \w+,?|chủ nhật,?|\d\s?(?:h|g|giờ|:)\s?\d{0,2}(?:\s?phút)?,?)"
    r"\s*\(?$",
    re.IGNORECASE,
)
# These stand before a share just as well: "từ 1/3 diện tích".
_PERHAPS_BEFORE = re.compile(
    r"(?<!\w)(?:nay|mai|trước|sau|từ|đến|hết|vào|và|nghỉ|rạng)\s*\(?$", re.IGNORECASE
)
_SHARE_AFTER = re.compile(
    r"\s*(?:số|tổng|diện tích|dân số|thành viên|đại biểu|hộ|trẻ|người|thôn|xã|quân số|chiều|"
    r"thời gian|ý kiến|phiếu|cử tri|thửa|sào|suất|nhân khẩu|mũi|liều|(?:ngày|buổi|giờ)(?! \d))\b"
)
NUMBER_BEFORE = re.compile(
    r"(?<!\w)(?:số|nhà|ngõ|ngách|hẻm|kiệt|tổ|lô|thửa|tờ|tỷ lệ|tỉ lệ|đạt|có|còn|khoảng|gần|hơn|"
    r"bằng|giảm|tăng|chiếm|được|mất|nhất|đa|trên|dưới|quá|mức|thiếu)\s*$",
    re.IGNORECASE,
)
_COUNTED_BY = range(2, 6)
"""What a whole is parted into, and ten; nobody speaks of ninths, so "2/9" is a day."""
_SCALE_BEFORE = re.compile(r"(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch)\s*$", re.IGNORECASE)
_MONTH_NAMED = re.compile(r"(?:tháng|quý|kỳ|đợt|số|khóa)\s*$", re.IGNORECASE)
_DAY_NAMED = re.compile(r"(?:mùng|mồng|rằm)\s*$", re.IGNORECASE)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Longest forms first."""
    return (
        rule(rf"{_FIRST}({_DMY}|{_DM}|{_D}){DASH}({_DMY}){_CLOSE}", _range),
        rule(rf"{_OPEN}({_DMY}){_CLOSE}", _single),
        rule(rf"{_OPEN}({_MY}|{_M}){DASH}({_MY}){_CLOSE}", _months),
        rule(rf"{_OPEN}({_MY}){_CLOSE}", _month),
        rule(rf"{_FIRST}({_DM}|{_D}){DASH}({_DM}){_CLOSE}", _day_range),
        rule(rf"{_OPEN}({_DM}){_CLOSE}", _day),
        rule(rf"(?<=[Nn]gày )(?P<it>{_D}){DASH}(?P<to>{_D})(?![\w/])", _bare_range),
        rule(rf"(?<=[Nn]gày )(?P<it>{_D}(?:(?:, | và ){_D})+)(?![\w/%]|[.,]\d)", _bare_list),
        rule(rf"(?<=[Nn]gày )(?P<it>{_D})(?![\w/%]|[.,]\d)", _bare_day),
        rule(r"(?<=[Tt]háng )(?P<it>0?4)(?![\w/%]|[.,]\d)", lambda _: "tư"),
    )


def day(number: str) -> str:
    """Days up to the tenth are "mùng"."""
    said = cardinal(int(number))
    return f"mùng {said}" if int(number) <= 10 else said


def month(number: str) -> str:
    """The fourth month is "tư", never "bốn"."""
    return "tư" if int(number) == 4 else cardinal(int(number))


def _spoken(written: str) -> str:
    """ "12", "12/12" or "12/12/2026", with any mark between."""
    parts = re.split(_S, written)
    said = day(parts[0])
    if len(parts) > 1:
        said += f" tháng {month(parts[1])}"
    return f"{said} năm {cardinal(int(parts[2]))}" if len(parts) > 2 else said


def _range(match: "re.Match[str]") -> Said:
    return f"{_spoken(match[1])} đến {_unnamed(match)}"


def _unnamed(match: "re.Match[str]") -> str:
    """The end of a range; "mùng" is said for it again only if the first day had it."""
    return _spoken(match[2])


def _single(match: "re.Match[str]") -> Said:
    said = _spoken(match[1])
    return said.removeprefix("mùng ") if _DAY_NAMED.search(before(match)) else said


def _months(match: "re.Match[str]") -> Said:
    first = _month_year(match[1], named=bool(_MONTH_NAMED.search(before(match))))
    return f"{first} đến tháng {_month_year(match[2], named=True)}"


def _month(match: "re.Match[str]") -> Said:
    share = NUMBER_BEFORE.search(before(match)) and _SHARE_AFTER.match(after(match))
    if share or _SCALE_BEFORE.search(before(match)):
        return None  # "có 12/2000 hộ", "tỷ lệ 1/2000"
    return _month_year(match[1], named=bool(_MONTH_NAMED.search(before(match))))


def _month_year(written: str, *, named: bool) -> str:
    number, _, year = written.partition("/")
    said = month(number) if named else f"tháng {month(number)}"
    return f"{said} năm {cardinal(int(year))}" if year else said


def _day_range(match: "re.Match[str]") -> Said:
    if not _is_day(match):
        return None
    return f"{_spoken(match[1])} đến {_spoken(match[2])}"


def _day(match: "re.Match[str]") -> Said:
    return _single(match) if _is_day(match) else None


def _is_day(match: "re.Match[str]") -> bool:
    """A date if a word says so, or if it is no fraction ("8/3") and no house number."""
    written, left = match[match.lastindex or 1], before(match)
    upper, lower = map(int, written.split("/"))
    if _DAY_BEFORE.search(left):
        return True
    if upper <= lower and _SHARE_AFTER.match(after(match)):
        return False
    if _PERHAPS_BEFORE.search(left):
        return True
    if written == "24/7" or NUMBER_BEFORE.search(left):
        return False  # day and night; a house, an amount
    return upper > lower or (upper < lower and lower not in (*_COUNTED_BY, 10))


def _bare_range(match: "re.Match[str]") -> Said:
    return f"{day(match['it'])} đến {day(match['to'])}"


def _bare_list(match: "re.Match[str]") -> Said:
    if re.search(r"(?:mỗi|một|hàng|\d) ngày $", before(match).lower()):
        return None
    return re.sub(r"\d+", lambda number: day(number[0]), match["it"])


def _bare_day(match: "re.Match[str]") -> Said:
    """A date, and not how often a day: "mỗi ngày 2 lần"."""
    written = match["it"]
    dated = re.search(r"(?:từ|đến|hết|vào|trước|sau|các|,) ngày $", before(match).lower())
    if written.startswith("0") or after(match).startswith(" tháng") or dated:
        return day(written)
    return None
