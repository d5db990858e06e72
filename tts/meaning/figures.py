"""How a written number may be heard, by its own marks and by what stands before it."""

import re

from tts.meaning.marks import marks_after
from tts.meaning.sounds import Cardinal, Digits, Form, Group, Perhaps, Tail, phrase

# Nghị định 30/2020/NĐ-CP writes 1.234.567,89; people also write 1,234,567 and 1 234 567.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)")
# "1,375 km" has a decimal comma; "300,000" and "25,500đ" have the comma of another country.
_THOUSANDS = re.compile(
    r"\d+,(?:\d00.*|\d{3}(?: ?(?:đ|vn|usd)| (?:người|hộ|con|cây|trẻ|em|học|suất|phiếu|lượt|cử|xe|"
    r"nhà|ca|liều|mũi|khẩu|nhân|đảng|hội|đoàn|đại|cán|hồ|cuốn|bộ|chiếc|cái)).*)"
)
_DECIMAL = re.compile(r"(\d[\d. ]*)([,.])(\d+)")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])(?:\.((?:19|20)?\d\d))?")
_DAY_BEFORE = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|hết|từ|đến|tới|trước|sau|hạn|hôm nay"
    r"|[-–]|mừng|lễ|dịp|kỷ niệm|tết"
    r"|(?:1[3-9]|2\d|3[01])\.\d{1,2}(?:,| và))\s*$"
)
_SHORT_YEAR_BEFORE = re.compile(r"\d/\d{1,2}/$")
_HOUR_BEFORE = re.compile(r"\d\s?(?:h|g|giờ|:)\s?$")
# "A1-123.45", "24-F1 123.45"
_PLATE_BEFORE = re.compile(r"[^\W\d_](?: - )?$|-$|[^\W\d_]\d(?: - | )$|\d[^\W\d_]{1,2} $")
_GROUP_BEFORE = re.compile(r"\d{2} $")
_CLOCK = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_AT_TIMES = re.compile(r"lúc\s*(?:\d{1,2}\.\d\d\s?[-–—]\s?)?$")
_LIST_BEFORE = re.compile(
    r"(?<!\w)(?<!phụ )(?<!trợ )(?:thôn|xóm|bản|tổ|khu|điều|khoản|mục|chương|lớp|khối|"
    r"ngày|tháng|quý|cụm|đội|tuần|câu|cấp|nhóm|bậc|tầng|năm|đợt|vòng|bảng|mũi|phố|ấp|lô|thửa|tờ|phường|quận|ca|phòng|"
    r"trang|đường|ngõ|hẻm|tiểu khu|khóm|buôn|làng|liều|kỳ|bước|phụ lục|kíp|giai đoạn|loại|hạng|"
    r"mẫu|vụ|đoàn|hố|trạm|trường|bài|cửa|bến|phum|sóc|ngách)\s*$"
)
_MEASURE_AFTER = re.compile(r"\s?(?:tấn|tạ|yến|sào|công|lần|điểm|kí|cân|lạng|phần)\b")
# A longer number is read digit by digit or not at all.
_LONGEST_VALUE = 21
_LONGEST_TEXT = 64
_MARKS = phrase("chấm|phẩy|gạch ngang|gạch|gạch nối")
_POINTS = {",": phrase("phẩy"), ".": phrase("phẩy|chấm")}
_DOT, _MONTH, _YEAR, _HOUR = phrase("chấm"), phrase("tháng"), phrase("năm"), phrase("giờ")
_HALF = phrase("rưỡi")


def forms(raw: str, before: str, after: str) -> tuple[Form, ...]:
    """Every right way to say a number such as "05", "2.500.000", "0,05", "20.11.2026".

    `before` and `after` are the text around it, in lower case.
    """
    groups = re.split("[., ]", raw)
    found: list[Form] = []
    if len(groups) == 1:
        return _plain(raw, before)
    if len(raw) > _LONGEST_TEXT:
        return (_one_by_one(groups),)
    if _GROUPED.fullmatch(raw) and (raw.count(",") != 1 or _THOUSANDS.fullmatch(raw + after[:4])):
        found += [(Cardinal(int("".join(groups))),), _one_by_one(groups)]
    elif _is_code(groups, raw, before):
        found.append(_one_by_one(groups))
    if before[-1:].isalpha() and "," not in raw and len(groups[-1]) > 1:
        found.append(_in_parts(groups))
    found += [*_decimals(raw), *_lists(raw, groups, before, after), *_sections(raw, groups)]
    return (*found, *_times(raw, before, after))


def _plain(raw: str, before: str) -> tuple[Form, ...]:
    digits: Form = (Digits(raw),)
    if len(raw) == 2 and _SHORT_YEAR_BEFORE.search(before):
        return ((Cardinal(int(raw)),), (Cardinal(2000 + int(raw)),), digits)
    if len(raw) > _LONGEST_VALUE or (raw[0] == "0" and len(raw) > 3):
        return (digits,)
    if raw[0] == "0" and _GROUP_BEFORE.search(before):
        return (digits,)  # "0977 88 99 00"
    if len(raw) > 2 and not int(raw) and not before.endswith("+"):
        return (digits,)  # a lost group of thousands, unless it is a post ("Km0+000")
    half: tuple[Form, ...] = ((_HALF,),) if raw == "30" and _HOUR_BEFORE.search(before) else ()
    return ((Cardinal(int(raw)),), digits, *half)


def _is_code(groups: list[str], raw: str, before: str) -> bool:
    """A telephone number or a plate: 0912.345.678, 24A-123.45."""
    if "," in raw or " " in raw:
        return False
    plate = len(raw) > 3 and _PLATE_BEFORE.search(before)
    return len(groups) > 2 or len(groups[0]) > 3 or bool(plate)


def _one_by_one(groups: list[str]) -> Form:
    sounds: list[Group | Perhaps | Digits] = []
    for group in groups:
        sounds += [Perhaps(_MARKS), Group(group) if len(group) < 3 else Digits(group)]
    return tuple(sounds[1:])


def _in_parts(groups: list[str]) -> Form:
    """A room or a lot, "B2.05": its parts by value, as "lô năm"."""
    return tuple(s for g in groups for s in (Perhaps(_MARKS), Cardinal(int(g))))[1:]


def _decimals(raw: str) -> list[Form]:
    parts = _DECIMAL.fullmatch(raw)
    if not parts:
        return []
    whole, point, tail = parts[1], parts[2], parts[3]
    if point == "." and _GROUPED.fullmatch(raw):
        return []  # 2.500 is two thousand five hundred
    if not (whole.isdigit() or (point == "," and _GROUPED.fullmatch(whole))):
        return []
    value = Cardinal(int(re.sub("[. ]", "", whole)[:_LONGEST_VALUE]))
    halves: list[Form] = [(value, _HALF)] if tail == "5" else []
    silent: list[Form] = [(value,)] if tail == "00" and "." in whole else []
    return [(value, _POINTS[point], Tail(tail)), *halves, *silent]


def _lists(raw: str, groups: list[str], before: str, after: str) -> list[Form]:
    """ "thôn 1,2" and "1,2,3": the commas part the members."""
    listed = len(groups) > 2 or _LIST_BEFORE.search(before)
    measured = marks_after(after, 0) or _MEASURE_AFTER.match(after)
    no_list = _GROUPED.fullmatch(raw) or groups[0] == "0" or "." in raw or " " in raw
    if no_list or not listed or (measured and len(groups) == 2):
        return []
    return [tuple(Group(group) for group in groups)]


def _sections(raw: str, groups: list[str]) -> list[Form]:
    """ "mục 2.3.1": numbers with their dots."""
    if "," in raw or " " in raw or (len(groups) < 3 and _GROUPED.fullmatch(raw)):
        return []
    return [tuple(sound for group in groups for sound in (_DOT, Group(group)))[1:]]


def _times(raw: str, before: str, after: str) -> list[Form]:
    found: list[Form] = []
    day = _DAY.fullmatch(raw)
    full = day and day[3] and len(day[3]) > 2
    if day and (full or _DAY_BEFORE.search(before)):
        year: Form = (_YEAR, Cardinal(int(day[3]))) if day[3] else ()
        found.append((Cardinal(int(day[1])), _MONTH, Cardinal(int(day[2])), *year))
    clock = _CLOCK.fullmatch(raw)
    if clock and (
        re.match(r"\s?(?:h|g|giờ)\b| (?:sáng|chiều|tối|ngày \d)", after) or _AT_TIMES.search(before)
    ):
        minutes: Form = () if clock[2] == "00" else (Cardinal(int(clock[2])),)
        found.append((Cardinal(int(clock[1])), _HOUR, *minutes))
    return found
