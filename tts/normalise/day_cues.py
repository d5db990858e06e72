"""Whether "5/12" is a day or a part of something: what stands around must say which."""

import re

from tts.normalise.rules import MASK

_DAYTIME = r"hôm \w+|sáng|trưa|chiều|tối|đêm"
_FEAST = r"lễ|dịp|kỷ niệm|chào mừng|mừng|giỗ tổ|quốc khánh"
# "thứ 3 - 15/9" is one day, "đứng thứ 3/12" is none.
_WEEKDAY = r"thứ (?:\d|hai|ba|tư|năm|sáu|bảy)\W{0,3}|chủ nhật,?|CN,?|T[2-7],?"
_CLOCK = r"\d\s?(?:h|g|giờ|:)\s?\d{0,2}(?:\s?phút|')?\s?[,\-–]?"
_DAY_BEFORE = re.compile(
    rf"(?<!\w)(?:ngày|rằm|mùng|mồng|tết|{_DAYTIME}|{_FEAST}|hạn|"
    rf"(?:chậm|muộn|sớm) nhất|lịch|{_WEEKDAY}|{_CLOCK})\s*\(?$",
    re.IGNORECASE,
)
_FEAST_BEFORE = re.compile(rf"(?<!\w)(?:ngày|{_FEAST})\b[^\d.;:\n]{{0,40}}$", re.IGNORECASE)
# A day with a name: "Ngày Quốc tế Thiếu nhi", "ngày thành lập Đoàn".
_NAMED_DAY = (
    r"ngày (?:hội|quốc tế|truyền thống|thành lập|giải phóng|chiến thắng|toàn dân|"
    r"(?-i:[A-ZĐ])(?i:\w))"
)
_FEASTS_BEFORE = re.compile(
    rf"(?<!\w)(?:{_FEAST}|{_NAMED_DAY})(?:[^.;:\n]|\.(?=\d)){{0,40}}$", re.IGNORECASE
)
_CALENDAR_AFTER = re.compile(r"\s\(?(?:âm lịch|dương lịch|[ÂâAa][Ll]|DL)(?!\w)")
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:khu|tổ|thôn|xóm|bản|ấp|khối|khóm|lớp|số|từ)\s$", re.IGNORECASE
)
_NO_THING_AFTER = re.compile(r"\s*(?:$|[.,;:()\n”\"’'»]|(?:và|năm|tại|của|sắp|này|vừa|h[àằ]ng)\b)")
# These stand before a share just as well: "từ 1/3 diện tích".
_PERHAPS_BEFORE = re.compile(
    r"(?<!\w)(?:nay|mai|trước|sau|từ|đến|hết|vào|và|nghỉ|rạng)\s*\(?$", re.IGNORECASE
)
# Of these one counts a part; no sentence begins with them behind a date.
_COUNTED = (
    r"lượt|ca|suất|phiếu|ý kiến|chỉ tiêu|tiêu chí|liều|mũi|trường hợp|nhân khẩu|số|tổng|diện tích|"
    r"TC(?= NTM)|dân số|quân số|cử tri|thửa|sào|mẫu|câu|trận|phần|km|ha|(?:ngày|buổi|giờ)(?! \d)|"
    r"quãng đường|lượng(?! (?:mưa|khách|hàng))|căn (?:nhà|hộ)|mái nhà|định mức|muỗng|"
    r"thìa|viên thuốc"
)
_SHARE_AFTER = re.compile(
    rf"\s*(?:{_COUNTED}|thành viên|đại biểu|hộ|trẻ|người|thôn|xã|chiều|thời gian|chi bộ|"
    r"đảng viên|tổ|khu|trường|lớp|học sinh|giáo viên|con|cháu|gia đình|đơn vị|xóm|bản|ấp|"
    r"công trình|tuyến|hồ sơ|vụ|đồng chí|điểm|khẩu|nhà|cơ sở|nhiệm vụ|giá trị|tài sản|di sản|"
    r"khối lượng|sản lượng|kinh phí|chi phí|số tiền|kế hoạch|lòng đường|mặt đường|ngôi nhà|lương|"
    r"mức (?:lương|đóng|hưởng|phí)|học bổng|học phí)\b",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(rf"\s*(?:{_COUNTED})\b", re.IGNORECASE)
# One counts these too, but as often they do something on that day.
_PERHAPS_AFTER = re.compile(
    r"\s*(?:bệnh nhân|trạm|căn|chợ|hội viên|đoàn viên|cán bộ|công chức|công dân|thanh niên|phụ nữ|"
    r"dự án|hạng mục|cầu|xe|phương tiện|máy|gói|cụm|đội|nhóm|phòng|nội dung|nhiệm vụ|công việc|"
    r"chỉ số|môn|bàn|sản phẩm|thùng|bao|cột|giếng|bể|hố|lô|doanh nghiệp|hợp tác xã|HTX|sở|ngành|"
    r"phường|tỉnh|huyện|khách|du khách|thí sinh|bạn|em|cụ|ông|bà|bác sĩ|ổ|điểm trường|mô hình)\b",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"(?<!\w)(?:trang|câu|bài|tiết|phần|tập|số|nhà|ngõ|ngách|hẻm|kiệt|tổ|lô|thửa|tờ|"
    r"tỷ lệ|tỉ lệ|đạt|có|còn|khoảng|gần|hơn|"
    r"bằng|giảm|tăng|chiếm|được|mất|nhất|đa|trên|dưới|quá|mức|thiếu|bậc|thợ|hạng|cấp|xếp|đứng|"
    r"hưởng|hưởng thêm|được chia|góp|"
    r"thứ|TB|BB|căn|phòng|huyết áp|thị lực|vòng|lượt|tứ kết|bán kết|chung kết)\s*$",
    re.IGNORECASE,
)
# Not more than all can vote, so "phát phiếu 15/3" is a day.
_VOTES_BEFORE = re.compile(
    r"(?<!\w)(?:tán thành|đồng ý|nhất trí|tiêu chí|chỉ tiêu|phiếu(?: thuận| bầu| chống)?|điểm)\s*$",
    re.IGNORECASE,
)
# "lớp 7/10", "trình độ 12/12": of ten or twelve years of school.
_SCHOOLED_BEFORE = re.compile(
    r"(?<!\w)(?:lớp|trình độ|học vấn|văn hóa|văn hoá|phổ thông|học hết):?\s*$", re.IGNORECASE
)
_SCHOOL_YEARS = (10, 12)
# What is counted, or what is done on that day: "ý kiến 5/7", "hoàn thành 5/8".
_TO_ANOTHER = re.compile(r"\s(?:đến|tới|[-–])\s(\d)/(\d)(?![\w/])")
_PERHAPS_COUNT_BEFORE = re.compile(
    r"(?<!\w)(?:ý kiến|biểu quyết|hoàn thành|kết quả|thành viên|dự họp|xong|tham gia|tham dự|"
    r"đại biểu|cử tri|bỏ phiếu|thực hiện|mới|có mặt|vắng|vắng mặt|trả lời|đúng)\s*$",
    re.IGNORECASE,
)
_LIST_BEFORE = re.compile(
    rf"(?:(?:\d{{1,2}}/\d{{1,2}}|\d{{1,4}}(?:[A-Z]\d?)?|{MASK}+)(?:, | và | hoặc | hay ))+$",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?<!\w)(?:từ|đến|hết|vào|trong|trước|sau|tháng|kỳ|đầu|cuối|giữa|là|ra ngày|lúc|năm)\s*\(?$",
    re.IGNORECASE,
)
_COUNTED_BY = range(2, 6)
"""What a whole is parted into, and ten; nobody speaks of ninths, so "2/9" is a day."""
_RECENT = range(2010, 2041)
"""Years that a notice speaks of: "12/2026 hộ" may begin a sentence, "12/2000 hộ" does not."""
# "tỷ lệ 1/500, 1/2000 và 1/5.000", "pha loãng 1/1000 hoặc 1/2000"
_SCALE_BEFORE = re.compile(
    r"(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch|pha loãng|pha|(?:quy hoạch|QH) (?:chung|phân khu|chi tiết)"
    r"|(?-i:QH(?:C|PK|CT)(?:XD)?))\s*"
    rf"(?:(?:1\s?[/:]\s?[\d.]+|{MASK}+)\s*(?:,|;|và|hoặc|hay|đến|[-–])\s*)*$",
    re.IGNORECASE,
)


def before_the_list(left: str) -> str:
    """What stands before the first of several: "hạng 1/4, 2/4 và 3/4"."""
    return _LIST_BEFORE.sub("", left)


def is_day(written: str, left: str, right: str) -> bool:
    """ "8/3" and its surroundings: a date if a word says so, or if it is no fraction."""
    upper, lower = map(int, written.split("/"))
    if _DAY_BEFORE.search(left) or _CALENDAR_AFTER.match(right):
        return True
    if _goes_on_from_a_share(left) or _is_listed(written, left):
        return False
    if (range_ := _TO_ANOTHER.match(right)) and int(range_[1]) < int(range_[2]):
        right = right[range_.end() :]  # "từ 1/3 đến 1/2 lương"
    if (upper <= lower and _SHARE_AFTER.match(right)) or _COUNTED_AFTER.match(right):
        return False
    if _PERHAPS_BEFORE.search(left) or _follows_a_day(left):
        return True
    if written == "24/7" or is_counted(written, left):
        return False  # day and night; a house, an amount
    return bool(_FEAST_BEFORE.search(left)) or _looks_like_a_day(written, upper, lower)


def is_counted(written: str, left: str) -> bool:
    """Whether the word before counts or names: "đạt 5/7", "nhà 5/7", "tán thành 5/7"."""
    upper, lower = (int(part) for part in re.findall(r"\d+", written)[:2])
    votes = upper <= lower and _VOTES_BEFORE.search(left)
    schooling = upper <= lower in _SCHOOL_YEARS and _SCHOOLED_BEFORE.search(left)
    return bool(_NUMBER_BEFORE.search(left) or votes or schooling)


def _is_listed(written: str, left: str) -> bool:
    """ "hạng 1/4 và 2/4", "lớp 5B và 9/3"."""
    listed = before_the_list(left)
    classes = re.search(r"(?<!\w)lớp $", listed, re.IGNORECASE)
    return listed != left and bool(classes or is_counted(written, listed))


def _goes_on_from_a_share(left: str) -> bool:
    """ "từ 1/3 diện tích đến 1/2"."""
    share = re.search(r"(?<![\w/])\d{1,2}/\d{1,2}((?: [^\W\d]+){1,4}) (?:đến|tới) $", left)
    return bool(share and _SHARE_AFTER.match(share[1]))


def _follows_a_day(left: str) -> bool:
    """ "lễ 30/4, 1/5"."""
    first = re.search(r"(?<![\w/])(\d{1,2})/(\d{1,2})(?:,| và| &|;| hoặc)\s$", left)
    return bool(first and int(first[1]) > int(first[2]) <= 12)


def _looks_like_a_day(written: str, upper: int, lower: int) -> bool:
    """Nobody writes a part as "01/05", nor as "8/3"."""
    if written[0] == "0" or "/0" in written:
        return True
    return upper > lower or (upper < lower and lower not in (*_COUNTED_BY, 10))


def is_feast(left: str, right: str) -> bool:
    """Whether the words around speak of a day to remember: "kỷ niệm 22-12", never of a stretch
    ("nghỉ lễ 3-5 ngày").
    """
    named = _FEASTS_BEFORE.search(left) and not _PLACE_BEFORE.search(left)
    return bool(named and _NO_THING_AFTER.match(right))


def is_share(written: str, left: str, right: str) -> bool:
    """Whether "12/2000" counts or scales something: "12/2000 hộ", "tỷ lệ 1/2000"."""
    if _SCALE_BEFORE.search(left):
        return True
    counted = _SHARE_AFTER.match(right)
    recent = int(written.partition("/")[2]) in _RECENT
    return bool(
        counted and (is_counted(written, left) or not (recent or _TIME_BEFORE.search(left)))
    )


def is_open(written: str, left: str, right: str) -> bool:
    """Whether a date may be a share after all: "ý kiến 5/7", "8/12 căn", "12/2026 hộ"."""
    upper, lower = map(int, written.split("/"))
    if upper > lower or any(
        cue.search(left) for cue in (_DAY_BEFORE, _TIME_BEFORE, _PERHAPS_BEFORE)
    ):
        return False
    thing = _SHARE_AFTER.match(right) or _PERHAPS_AFTER.match(right)
    return bool(thing or _PERHAPS_COUNT_BEFORE.search(left))
