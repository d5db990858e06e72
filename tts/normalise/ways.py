"""The dash between two places of a way: đoạn Sa Pa - Lai Châu, từ cầu Cốc Lếu - ngã ba Kim Tân."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import MASK, Rule, Said, after, before, rule_in_source

_WAY = (
    r"(?<!giai )đoạn|(?<!trực )tuyến|chặng|hành trình|cao tốc|lộ trình|quãng đường|"
    r"chuyến (?:bay|tàu|xe)|đường dây|đường bay|"
    r"xe khách|xe buýt|tàu|tàu hỏa|đường sắt|cung đường|cự ly"
)
_SPOT = (
    r"cầu|ngã (?:ba|tư|năm|sáu)|thôn|bản|xóm|tổ|khu|ga|chợ|cổng|cửa khẩu|bến|trạm|nhà|trường|đền|"
    r"chùa|đường|phố|xã|phường|thị trấn|huyện|tỉnh|thành phố|trung tâm|đập|cống|hồ|suối|dốc|đèo|"
    r"đỉnh|cột|cây|sân|bệnh viện|kho|nút giao|vòng xuyến|đầu|cuối|bãi|làng|nghĩa trang|hết|giáp"
)
_CAPITAL = rf"[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ{MASK}]"
_NAME = rf"(?:(?i:{_SPOT}) )?(?:{_CAPITAL}[\w{MASK}]*(?: (?:số )?(?={_CAPITAL}|\d)|(?= |$)))+"
# "tuyến đường sắt Yên Viên", "đoạn từ cầu Cốc Lếu"
_BETWEEN = (
    rf"(?i:(?<!\w)(?:{_WAY}))(?: (?!của|về|cho|theo)[a-zà-ỹđ]+| \d+| {MASK}+){{0,3}}:? {_NAME}"
)
_ROAD = r"(?:QL|ĐT|TL|HL|ĐH|(?i:quốc lộ|tỉnh lộ|đường tỉnh|đường huyện|lộ))[. ]?\d{1,3}[A-Z]?"
_ON_A_ROAD = re.compile(rf"(?<!\w){_ROAD},? {_NAME}$")
# Where two roads meet, neither leads to the other.
_JUNCTION = re.compile(
    rf"(?i:(?:ngã (?:ba|tư|năm|sáu)|nút giao|giao lộ|vòng xuyến)(?: giữa)?) {_ROAD}$"
)
_ON_THE_WAY = re.compile(rf"{_BETWEEN}$")
_FROM_ANYWHERE = re.compile(rf"(?i:(?<!\w)(?:{_WAY})(?: đường)? từ) [^,.;:()\n–—-]{{2,60}}$")
_FROM = re.compile(rf"(?i:(?<!\w)từ) {_NAME}$")
_TO = re.compile(rf"(?!(?i:trưởng|phó|bí thư|chủ tịch|giám đốc|ông|bà|đồng chí)\b){_NAME}")
# Neighbours or partners rather than ends; nobody says "đến" in "cao tốc Bắc - Nam" either.
_NO_WAY = re.compile(
    r"(?i:biên giới|hợp tác|quan hệ|hữu nghị|giáp ranh|trung ương|cấp (?:trên|dưới))"
    r"|(?<!\w)[a-zà-ỹđ]+ (?:Bắc|Đông|Nam|Tây)$|(?i:(?<!\w)đến(?!\w))"
)
# "CAO TỐC BẮC - NAM": in capitals the line above sees no lower-case word.
_COMPASS = r"(?i:(?<!\w)(?:bắc|nam|đông|tây)(?!\w))"
_BODIES = re.compile(
    r"(?i:từ) (?:Sở|Ban|Hội|Đoàn|Phòng|Công an|Ủy ban|Chi|Đảng|Trường|Bộ|Quỹ|Ngân hàng|Công ty)\b"
    r"|(?i:từ) [^\W\d_]+$"
)
_REACH = 70
"""Characters: two words of the way and a name of five words have fifty."""


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """One dash with spaces, two ends; where more follow ("A - B - C") a pause is right. Arrows
    lead on: "A → B → C".
    """
    return (rule_in_source(rf"(?<=[\w{MASK}]) [-–—→] (?=[^\W\d_]|{MASK})", _dash),)


def _dash(match: "re.Match[str]", source: str) -> Said:
    left = before(match, _REACH).replace(" → ", f" {MASK} ")
    right = after(match, _REACH)
    written = source[max(0, match.start() - _REACH) : match.start()]
    compass = re.search(rf"{_COMPASS}$", left) and re.match(_COMPASS, right)
    if compass or _JUNCTION.search(written):
        return None
    if (anywhere := _FROM_ANYWHERE.search(left)) and not _NO_WAY.search(anywhere[0]):
        return " đến "
    road = _ON_A_ROAD.search(written)
    way = _ON_THE_WAY.search(left) or road
    start = _FROM.search(left)
    if _NO_WAY.search(way[0] if way else start[0] if start else ""):
        return None
    further = "→" not in match[0] and re.match(rf"{_NAME} ?[-–—→]", right)
    if further or not _TO.match(right):
        return None
    if way or (start and not _BODIES.match(start[0])):
        return " đến "
    return None
