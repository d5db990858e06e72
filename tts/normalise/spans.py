"""The dash of a range whose ends other families have spoken: từ 7h ngày 5 - 17h ngày 6."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import MASK, Rule, Said, before, rule

_DAYTIME = r"sáng|trưa|chiều|tối|đêm"
_NAMED = (
    rf"ngày|thứ|tháng|năm|quý|{_DAYTIME}|chủ nhật|giờ|số|hộ|thôn|nhà|mùng|mồng|"
    r"dưới|trước|hết|trên|đầu|giữa|cuối"
)
_AFTER = rf"(?={MASK}|(?i:(?:{_NAMED})\b))"
_FROM = re.compile(r"(?<!\w)(?:từ|khoảng từ|kể từ)\s[^.;:!?\n]*$", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)(?:đến|tới)(?!\w)", re.IGNORECASE)
_REACH = 60
"""Characters: "từ 7 giờ 30 phút sáng thứ Hai ngày 23 tháng 11 năm 2026" has fifty."""


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Behind "từ" a dash in spaces before a time is "đến"; a comma ends what "từ" governs."""
    return (
        rule(rf"(?<=[\w{MASK}]) [-–—→] {_AFTER}", _dash),
        rule(
            r"(?i:(?<!\w)(hộ|nhà|thôn|xóm|bản|tổ|lớp|cột|cây|số|đoạn|khu|ngõ))"
            r" số \S{1,6}(?P<it> ?[-–—] ?)(?i:\1)(?= số )",
            lambda _: " đến ",
        ),
    )


def _dash(match: "re.Match[str]") -> Said:
    governed = _FROM.search(before(match, _REACH))
    if not governed or _TO.search(governed[0]) or "," in governed[0]:
        return None
    return " đến "
