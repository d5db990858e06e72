"""Programmes: a week's list from a workbook, row by row; every wrong cell is named."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from controller.intake import Candidate
from controller.model.folding import folded
from controller.sheets.table import Line, Wrong, table
from scheduler.patterns import Daily, Pattern, Weekday, Weekly
from scheduler.rules import Rule
from scheduler.typed_time import local_date, wall_time

HEADS: Mapping[str, str] = {
    "title": "Tên chương trình",
    "area": "Nơi phát",
    "days": "Thứ",
    "times": "Giờ",
    "since": "Từ ngày",
    "until": "Đến ngày",
    "text": "Nội dung",
}
OPTIONAL = frozenset({"since", "until", "text"})
MOST = 500

_NAMES: Mapping[str, Weekday] = {
    **{str(day + 1): day for day in Weekday if day is not Weekday.SUNDAY},
    **dict(zip(("hai", "ba", "tu", "nam", "sau", "bay"), Weekday, strict=False)),
    "cn": Weekday.SUNDAY,
}
_DAILY = frozenset({"hang ngay", "moi ngay"})
_CELLS = {"pattern": "days", "valid_to": "until"}
_FIELDS = ("title", "area", "times", "text", *_CELLS)
"""What drafts call their inputs, and in which column each stands where it is called otherwise."""


def candidates(rows: Sequence[Sequence[str]]) -> tuple[list[Candidate], list[Wrong]]:
    """What each row means; and what is wrong with the whole list, of which nothing counts then."""
    found = table(rows, HEADS, OPTIONAL)
    wrong = list(found.wrong)
    if not wrong and not found.lines:
        wrong.append(Wrong(2, 0, "Chưa có dòng nào dưới tên các cột."))
    if len(found.lines) > MOST:
        wrong.append(Wrong(0, 0, f"Mỗi lần nhập tối đa {MOST} chương trình."))
    return ([], wrong) if wrong else ([_candidate(line) for line in found.lines], [])


def _candidate(line: Line) -> Candidate:
    wrong: list[Wrong] = []
    pattern, times = _pattern(line, wrong), _times(line, wrong)
    since, until = _day(line, "since", wrong), _day(line, "until", wrong)
    if not line.text("area"):
        wrong.append(line.wrong("area", "Ghi tên xã, thôn hoặc tổ nghe chương trình."))
    rule = None
    if not wrong and pattern:
        rule = Rule(pattern=pattern, times=times, valid_from=since, valid_to=until)
    return Candidate(
        number=line.number,
        title=line.text("title"),
        text=line.cells.get("text", ""),
        where=line.text("area"),
        is_strict=True,
        cells={field: line.wrong(_CELLS.get(field, field), "").cell for field in _FIELDS},
        rule=rule,
        wrong=tuple(f"{each.cell}: {each.message}" for each in sorted(wrong)),
    )


def _pattern(line: Line, wrong: list[Wrong]) -> Pattern | None:
    text = " ".join(folded(line.text("days")).split())
    if text in _DAILY:
        return Daily()
    days: set[Weekday] = set()
    plain = re.sub(r"\s*-\s*", "-", text.replace("chu nhat", "cn").replace("thu", " "))
    for token in filter(None, re.split(r"[,;\s]+", plain)):
        ends = [_NAMES.get(each.removeprefix("t")) or _NAMES.get(each) for each in token.split("-")]
        if None in ends or len(ends) > 2 or ends != sorted(each for each in ends if each):
            told = f"“{token}” không phải là thứ: ghi như “2, 4, 6”, “2-6”, “CN” hoặc “hằng ngày”."
            wrong.append(line.wrong("days", told))
            return None
        first, last = ends[0], ends[-1]
        days |= {day for day in Weekday if first and last and first <= day <= last}
    if not days:
        wrong.append(line.wrong("days", "Ghi các thứ, như “2, 4, 6”, hoặc “hằng ngày”."))
        return None
    return Weekly(tuple(sorted(days)))


def _times(line: Line, wrong: list[Wrong]) -> tuple[time, ...]:
    found: dict[time, None] = {}
    for token in filter(None, re.split(r"[,;\s]+", line.text("times"))):
        at = wall_time(token)
        if at is None:
            wrong.append(line.wrong("times", f"“{token}” không phải là giờ, như 17:00."))
        else:
            found[at] = None
    if not line.text("times"):
        wrong.append(line.wrong("times", "Ghi ít nhất một giờ phát, như 17:00."))
    return tuple(sorted(found))


def _day(line: Line, field: str, wrong: list[Wrong]) -> date | None:
    text = line.text(field)
    day = local_date(text)
    if text and day is None:
        wrong.append(line.wrong(field, f"“{text}” không phải là ngày, như 31/12/2026."))
    return day
