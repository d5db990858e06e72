"""Days of the week in figures and letters: thứ 2, 4, 6; thứ 2 - thứ 6; T2-T6; T7, CN."""

import re
from itertools import pairwise

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rules import MASK, Doubt, Rule, Said, after, before, fixed, rule, rule_in_source

_JOIN = rf"(?:\s?[,;]\s?| và |\s?&\s?|(?i: đến )|{DASH})"
_END = r"(?![\w/]|[.,]\d)"
# "các tối 3, 5, 7 trong tuần" and "ngày 2-4-6 hằng tuần" are weekdays without their "thứ".
_OF_DAYS = r"(?i:(?<!\w)(?:ngày|sáng|chiều|tối) )"
_EVERY_WEEK = r"(?i: (?:h[àằ]ng|mỗi|trong|của) tuần(?!\w))"
_DAYTIME = r"(?:sáng|trưa|chiều|tối|đêm|ngày|vào|các|từ|làm việc)"
# A list that goes on with a thing is no list of weekdays: "lần thứ 2, 4 hộ".
_WEEK_AFTER = re.compile(
    r"\s*(?:$|[.,;:()\n”\"’'»]|và\b|h[àằ]ng\b|trong\b|mỗi\b|từ\b|lúc\b|vào\b|tuần\b|buổi\b|đến\b)"
)
_DAY = r"(?:T[2-7]|CN)"
_DAY_AFTER = r",? (?i:ngày|\(\d|h[àằ]ng tuần|tuần (?:này|tới|sau|trước)|này|tới)"
_TIME_BEFORE = re.compile(r"\d(?:[hg]|[hg:]\d\d'?| ?giờ)[,;]? $")
_DATE_AFTER = re.compile(r",? \(?(?:\d{1,2}\s?[/.-]\s?\d|\d{1,2}(?:h|:\d\d|g\d\d))")
_RANK_BEFORE = re.compile(r"(?<!\w)(?:lần|hạng|người|con|vị trí|đợt|vòng) thứ $", re.IGNORECASE)
_WEEK_NEAR = re.compile(r"\d\s?(?:h|g|giờ)|tuần|buổi|làm việc|sáng|chiều|tối|giờ|CN|lịch")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Figures behind "thứ", then letters; Sunday by its neighbours."""
    listed = rf"[2-7](?:{_JOIN}(?i:thứ )?[2-7])*(?:{_JOIN}CN)?"
    bare = rf"[2-7](?:{_JOIN}[2-7])+(?:{_JOIN}CN)?"
    letters = rf"(?:T[2-7]|CN)(?:{_JOIN}(?:T[2-7]|CN))+"
    return (
        rule(rf"(?i:(?<=thứ ))(?P<it>{listed}){_END}", _figures),
        rule(rf"{_OF_DAYS}(?P<it>{bare}){_END}(?={_EVERY_WEEK})", _bare),
        rule(rf"(?<!\w)(?P<it>{letters}){_END}", _letters),
        rule(rf"(?i:(?<!\w){_DAYTIME} )(?P<it>T[2-7]){_END}", _one),
        rule(rf"(?<!\w)(?P<it>{_DAY})(?={_DAY_AFTER})", _one),
        rule(rf"(?:(?<={MASK}\()|(?<={MASK} \())(?P<it>{_DAY})(?=\))", _one),
        rule_in_source(rf"(?<!\w)(?P<it>{_DAY})(?![\w/]|[.,]\d)", _beside_a_time),
        fixed(
            r"(?i:(?<!\w)(?:sáng|trưa|chiều|tối|đêm|ngày|và|nghỉ|trừ|cả) )(?P<it>CN)(?!\w)",
            "chủ nhật",
        ),
        fixed(r"(?<!\w)(?P<it>CN)(?=,? (?:(?i:ngày)|\(?\d|nghỉ|trực|mở))", "chủ nhật"),
        fixed(rf"(?<=[{MASK}y] - )(?P<it>CN)(?!\w)", "chủ nhật"),
    )


def _name(figure: str) -> str:
    """ "2" and "T2" → "thứ hai"; the fourth day is "tư"."""
    figure = figure.removeprefix("T")
    if figure == "CN":
        return "chủ nhật"
    return f"thứ {'tư' if figure == '4' else cardinal(int(figure))}"


def _figures(match: "re.Match[str]") -> Said:
    days = re.findall(r"[2-7]|CN", match["it"])
    if len(days) == 1:
        return None  # ranks and weekdays alike
    figures = [int(day) for day in days if day != "CN"]
    rising = all(a < b for a, b in pairwise(figures))
    week = "CN" in days and not _RANK_BEFORE.search(before(match))
    if not rising or not (week or _WEEK_AFTER.match(after(match))):
        return None
    return _joined(match["it"], days).removeprefix("thứ ")


def _bare(match: "re.Match[str]") -> Said:
    return _joined(match["it"], re.findall(r"[2-7]|CN", match["it"]))


def _letters(match: "re.Match[str]") -> Said:
    """Without a week around, "T2-T6" may be months."""
    said = _joined(match["it"], re.findall(r"[2-7]|CN", match["it"]))
    near = _WEEK_NEAR.search(before(match) + after(match)) or "CN" in match["it"]
    return said if near else Doubt(said)


def _joined(written: str, days: list[str]) -> str:
    """Two with a dash are a range; more with dashes ("2-4-6") are a list."""
    marks = re.findall(rf"(?<=[2-7N])({_JOIN})", written)
    dashes = [bool(re.fullmatch(rf"{DASH}|(?i: đến )", mark)) for mark in marks]
    said = _name(days[0])
    for day, mark, dashed in zip(days[1:], marks, dashes, strict=True):
        if dashed and (len(days) == 2 or not all(dashes)):
            said += f" đến {_name(day)}"
        else:
            said += f" và {_name(day)}" if mark.strip() in ("và", "&") else f", {_name(day)}"
    return said


def _one(match: "re.Match[str]") -> Said:
    return _name(match["it"])


def _beside_a_time(match: "re.Match[str]", source: str) -> Said:
    """ "8h T7", "CN, 15/3/2026"."""
    left, right = source[max(0, match.start() - 12) : match.start()], source[match.end() :][:12]
    beside = _TIME_BEFORE.search(left) or _DATE_AFTER.match(right)
    return _name(match["it"]) if beside else None
