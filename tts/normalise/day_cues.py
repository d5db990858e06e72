"""Whether "5/12" is a day or a part of something: what stands around must say which."""

import re

_DAYTIME = r"hôm \w+|sáng|trưa|chiều|tối|đêm"
_FEAST = r"lễ|dịp|kỷ niệm|chào mừng|mừng|giỗ tổ|quốc khánh"
# "thứ 3 - 15/9" is one day, "đứng thứ 3/12" is none.
_WEEKDAY = r"thứ (?:\d|hai|ba|tư|năm|sáu|bảy)\W{0,3}|chủ nhật,?|CN,?|T[2-7],?"
_CLOCK = r"\d\s?(?:h|g|giờ|:)\s?\d{0,2}(?:\s?phút|')?\s?[,\-–]?"
_DAY_BEFORE = re.compile(
    rf"(?<!\w)(?:ngày|rằm|mùng|mồng|tết|{_DAYTIME}|{_FEAST}|hạn|lịch|{_WEEKDAY}|{_CLOCK})\s*\(?$",
    re.IGNORECASE,
)
_FEAST_BEFORE = re.compile(rf"(?<!\w)(?:ngày|{_FEAST})\b[^\d.;:\n]{{0,40}}$", re.IGNORECASE)
_FEASTS_BEFORE = re.compile(rf"(?<!\w)(?:{_FEAST})\b[^.;:\n]{{0,40}}$", re.IGNORECASE)
_NO_THING_AFTER = re.compile(r"\s*(?:$|[.,;:()\n]|(?:và|năm|tại|của|sắp|này|vừa|h[àằ]ng)\b)")
# These stand before a share just as well: "từ 1/3 diện tích".
_PERHAPS_BEFORE = re.compile(
    r"(?<!\w)(?:nay|mai|trước|sau|từ|đến|hết|vào|và|nghỉ|rạng)\s*\(?$", re.IGNORECASE
)
_SHARE_AFTER = re.compile(
    r"\s*(?:số|tổng|diện tích|dân số|thành viên|đại biểu|hộ|trẻ|người|thôn|xã|quân số|chiều|"
    r"thời gian|ý kiến|phiếu|cử tri|thửa|sào|suất|nhân khẩu|mũi|liều|tiêu chí|chỉ tiêu|chi bộ|"
    r"đảng viên|tổ|khu|trường|lớp|học sinh|giáo viên|con|cháu|gia đình|đơn vị|xóm|bản|ấp|km|ha|"
    r"công trình|tuyến|hồ sơ|vụ|đồng chí|điểm|khẩu|mẫu|nhà|cơ sở|(?:ngày|buổi|giờ)(?! \d))\b",
    re.IGNORECASE,
)
NUMBER_BEFORE = re.compile(
    r"(?<!\w)(?:số|nhà|ngõ|ngách|hẻm|kiệt|tổ|lô|thửa|tờ|tỷ lệ|tỉ lệ|đạt|có|còn|khoảng|gần|hơn|"
    r"bằng|giảm|tăng|chiếm|được|mất|nhất|đa|trên|dưới|quá|mức|thiếu|bậc|thợ|hạng|cấp|xếp|đứng|"
    r"thứ|căn|phòng|huyết áp|thị lực|vòng|lượt|tứ kết|bán kết|chung kết)\s*$",
    re.IGNORECASE,
)
_COUNTED_BY = range(2, 6)
"""What a whole is parted into, and ten; nobody speaks of ninths, so "2/9" is a day."""
_SCALE_BEFORE = re.compile(r"(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch)\s*$", re.IGNORECASE)


def is_day(written: str, left: str, right: str) -> bool:
    """ "8/3" and its surroundings: a date if a word says so, or if it is no fraction."""
    upper, lower = map(int, written.split("/"))
    if _DAY_BEFORE.search(left):
        return True
    if upper <= lower and _SHARE_AFTER.match(right):
        return False
    if _PERHAPS_BEFORE.search(left):
        return True
    if written == "24/7" or NUMBER_BEFORE.search(left):
        return False  # day and night; a house, an amount
    return bool(_FEAST_BEFORE.search(left)) or _looks_like_a_day(written, upper, lower)


def _looks_like_a_day(written: str, upper: int, lower: int) -> bool:
    """Nobody writes a part as "01/05", nor as "8/3"."""
    if written[0] == "0" or "/0" in written:
        return True
    return upper > lower or (upper < lower and lower not in (*_COUNTED_BY, 10))


def is_feast(left: str, right: str) -> bool:
    """Whether the words around speak of a day to remember: "kỷ niệm 22-12", never of a stretch
    ("nghỉ lễ 3-5 ngày").
    """
    return bool(_FEASTS_BEFORE.search(left) and _NO_THING_AFTER.match(right))


def is_share(left: str, right: str) -> bool:
    """Whether "12/2000" counts or scales something: "có 12/2000 hộ", "tỷ lệ 1/2000"."""
    counted = NUMBER_BEFORE.search(left) and _SHARE_AFTER.match(right)
    return bool(counted or _SCALE_BEFORE.search(left))
