"""The dash between two hours with their days: 22h ngày 30/11 - 4h ngày 01/12/2026.

Or between two parts of the day: chiều 30/11 - sáng 1/12, sáng thứ 2 - chiều thứ 6.
"""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import MASK, Rule, Said, before, fixed, rule, rule_in_source

_HOUR = r"\d{1,2}\s?(?:[hg:]\s?(?:\d\d)?(?:'|\s?phút)?|giờ(?:\s?\d\d)?(?:\s?phút)?)"
_DAY = r",? (?:ngày )?\d{1,2}(?:/\d{1,2}(?:/\d{4})?)?"
_ENDS = re.compile(rf"(?<![\w/]){_HOUR}{_DAY}$")


_FLOOD = r"BĐ ?(?:[1-3]|I{1,3})"
_TIME_OF_DAY = r"(?i:(?:rạng )?(?:sáng|trưa|chiều|tối|đêm))"
_WEEKDAY = r"(?i:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|nay|mai|qua|kia)"
_DATE = r"\d{1,2}(?:/\d{1,2}(?:/\d{4})?| tháng \d{1,2}(?: năm \d{4})?)?"
_ONE_DAY = (
    rf"(?:(?i:ngày) {_DATE}|{_TIME_OF_DAY} (?:(?:ngày )?{_DATE}|{_WEEKDAY}))(?![\w:/]|[.,]\d)"
)


_CHANGE = re.compile(
    r"(?<!\w)(?:thay đổi|đổi|chuyển|hoãn|dời|rời|lùi|lui|điều chỉnh|sửa|đính chính|thay)"
    r"(?!\w)(?:[^.;]|\.\d)*$",
    re.IGNORECASE,
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Before the dates and the hours, which would take their own parts."""
    return (
        rule_in_source(r"\s?(?:[-=]{1,2}>|[→⇒➔])\s?(?=\w)", _changed),
        rule(rf"(?<=\d)\s?[-–—]\s?(?={_HOUR}{_DAY}(?!\w))", _dash),
        rule_in_source(rf"(?<=[\w{MASK}])\s?[-–—]\s?(?=[\w{MASK}])", _flood),
        fixed(rf"(?<!\w){_ONE_DAY}(?P<it>\s?[-–—→]\s?)(?={_ONE_DAY})", " đến "),
    )


def _flood(match: "re.Match[str]", source: str) -> Said:
    """ "BĐ2 - BĐ3", levels that the lexicon has taken already."""
    low = re.search(rf"(?<!\w){_FLOOD}\s?$", source[max(0, match.start() - 8) : match.start()])
    return " đến " if low and re.match(rf"{_FLOOD}(?!\w)", source[match.end() :]) else None


def _changed(match: "re.Match[str]", source: str) -> Said:
    """ "dời họp 8h → 14h": from the old to the new, and no stretch between them."""
    line = source[max(0, match.start() - 100) : match.start()].rpartition("\n")[2]
    return " sang " if _CHANGE.search(line) else None


def _dash(match: "re.Match[str]") -> Said:
    return " đến " if _ENDS.search(before(match)) else None
