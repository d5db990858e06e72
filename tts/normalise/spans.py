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
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
# "loại A-C", "dãy A - D"
_CLASSES = "loại|hạng|nhóm|khối|mức|cấp độ|lô|dãy|khu|bảng|hàng"
_REACH = 60
"""Characters: "từ 7 giờ 30 phút sáng thứ Hai ngày 23 tháng 11 năm 2026" has fifty."""


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Behind "từ" a dash in spaces before a time is "đến"; a comma ends what "từ" governs."""
    return (
        rule(rf"(?<=[\w{MASK}]) [-–—→] {_AFTER}", _dash),
        rule(
            rf"(?i:(?<!\w)(?:từ|điểm|các điểm|vần|chữ|{_CLASSES}) )([A-ZĐ]|[a-zđ])"
            r"(?P<it>\s?[-–—]\s?)(?=([A-ZĐ]|[a-zđ])(?!\w|\.\w|\s?[-–—]\s?\w))",
            _letters,
        ),
        rule(
            rf"(?i:(?<!\w)(tháng|quý|năm|tuần|thứ|kỳ) )[{MASK}\d]+(?P<it> ?[-–—] ?)(?i:\1)"
            rf"(?= [{MASK}\d])",
            lambda _: " đến ",
        ),
        rule(
            r"(?i:(?<!\w)(hộ|nhà|thôn|xóm|bản|tổ|lớp|cột|cây|số|đoạn|khu|ngõ))"
            r" số \S{1,6}(?P<it> ?[-–—] ?)(?i:\1)(?= số )",
            lambda _: " đến ",
        ),
    )


def _letters(match: "re.Match[str]") -> Said:
    """ "từ A-Z", "điểm a-d khoản 2"."""
    first, last = match[1], match[3]
    rises = _ALPHABET.index(first.lower()) < _ALPHABET.index(last.lower())
    return " đến " if rises and first.isupper() == last.isupper() else None


def _dash(match: "re.Match[str]") -> Said:
    governed = _FROM.search(before(match, _REACH))
    if not governed or _TO.search(governed[0]) or "," in governed[0]:
        return None
    return " đến "
