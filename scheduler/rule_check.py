"""Rule check: everything wrong with a rule that a person entered, all at once."""

from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta

from scheduler.calendar import ZONE
from scheduler.description import clock, day_name, moment
from scheduler.patterns import (
    EveryNWeeks,
    Lunar,
    MonthlyDays,
    MonthlyWeekdays,
    Once,
    Pattern,
    Weekly,
    Yearly,
)
from scheduler.problem import Problem
from scheduler.rules import Rule, is_patterned, starts

LONGEST_LOOK = timedelta(days=800)
"""How far a rule with an end is searched for a start: two years, so any but a leap day is met."""

LEAP_YEAR = 2000

MOST_TIMES = 60
"""Times a day: as many as a station's plan is made for (contract.codec.PACKET_LIMIT)."""


MOST_SKIPS = 400
"""Days left out of one rule: a year of them is another rule."""


def problems(rule: Rule, now: datetime, holidays: Container[date]) -> list[Problem]:
    """Every reason not to save the rule `now`; empty when it is good.

    `field` names the field of Rule. Raises ValueError when `now` is naive.
    """
    faults = list(_pattern(rule.pattern))
    found = [*faults, *_times(rule), *_validity(rule), *_skips(rule), *_past(rule, now)]
    if not faults:  # a pattern that makes no sense gives no start to move
        found += _exceptions(rule, now, holidays)
    return found or list(_silence(rule, now, holidays))


def _pattern(pattern: Pattern) -> Iterator[Problem]:
    for message in _pattern_faults(pattern):
        yield Problem("pattern", message)


def _pattern_faults(pattern: Pattern) -> Iterator[str]:
    if isinstance(pattern, Weekly | EveryNWeeks | MonthlyWeekdays) and not pattern.weekdays:
        yield "Chọn ít nhất một ngày trong tuần."
    match pattern:
        case EveryNWeeks(n=n) if not 1 <= n <= 52:
            yield "Số tuần giữa hai lần phát phải từ 1 đến 52."
        case MonthlyDays(days) if not days or any(not 1 <= abs(day) <= 31 for day in days):
            yield "Chọn ngày trong tháng từ 1 đến 31, hoặc ngày cuối tháng."
        case MonthlyWeekdays(nths=nths) if not nths or any(not 1 <= abs(n) <= 5 for n in nths):
            yield "Chọn lần thứ mấy trong tháng: từ 1 đến 5, hoặc lần cuối."
        case Yearly(day, month) if not _exists(day, month):
            yield f"Không có ngày {day:02}/{month:02}."
        case Lunar(day, month):
            yield from _lunar_faults(day, month)


def _lunar_faults(day: int, month: int | None) -> Iterator[str]:
    if day == 0 or not -1 <= day <= 30:
        yield "Ngày âm lịch phải từ 1 đến 30, hoặc ngày cuối tháng."
    if month is not None and not 1 <= month <= 12:
        yield "Tháng âm lịch phải từ 1 đến 12."


def _exists(day: int, month: int) -> bool:
    """Whether some year has the date: 29 February counts."""
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _times(rule: Rule) -> Iterator[Problem]:
    if not rule.times and not rule.extras:
        yield Problem("times", "Chọn ít nhất một giờ phát.")
    if len(rule.times) > MOST_TIMES:
        yield Problem("times", f"Mỗi ngày phát tối đa {MOST_TIMES} lần.")
        return
    for at in sorted({at for at in rule.times if rule.times.count(at) > 1}):
        yield Problem("times", f"Giờ {clock(at)} được nhập hai lần.")


def _skips(rule: Rule) -> Iterator[Problem]:
    if len(rule.skips) > MOST_SKIPS:
        told = f"Trừ tối đa {MOST_SKIPS} ngày: hãy đặt ngày kết thúc rồi soạn lịch khác."
        yield Problem("skips", told)


def _validity(rule: Rule) -> Iterator[Problem]:
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        yield Problem("valid_to", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")


def _past(rule: Rule, now: datetime) -> Iterator[Problem]:
    """A single day's times and one-offs that nobody can hear any more."""
    once = rule.pattern.day if isinstance(rule.pattern, Once) else None
    for at in rule.times if once else ():
        if once and _instant(once, at) < now:
            yield Problem("times", f"Giờ phát {clock(at)} ngày {day_name(once)} đã qua.")
    for extra in rule.extras:
        if extra < now:
            yield Problem("extras", f"Lượt phát thêm lúc {moment(extra)} đã qua.")


def _exceptions(rule: Rule, now: datetime, holidays: Container[date]) -> Iterator[Problem]:
    for move in rule.moves:
        if not is_patterned(rule, move.was, holidays):
            yield Problem("moves", f"Không có lượt phát nào lúc {moment(move.was)} để chuyển.")
        if move.becomes < now <= move.was:
            yield Problem("moves", f"Không thể chuyển về {moment(move.becomes)}: giờ đã qua.")
    if len({move.was for move in rule.moves}) < len(rule.moves):
        yield Problem("moves", "Một lượt phát chỉ chuyển được sang một giờ.")


def _silence(rule: Rule, now: datetime, holidays: Container[date]) -> Iterator[Problem]:
    """A rule with an end and no start left: it would be saved and never heard."""
    last = rule.pattern.day if isinstance(rule.pattern, Once) else rule.valid_to
    if last is None or last - now.astimezone(ZONE).date() > LONGEST_LOOK:
        return
    by_hand = (*rule.extras, *(move.becomes for move in rule.moves))
    end = _instant(last + timedelta(days=1), time())
    if max(by_hand, default=now) <= now and not starts(rule, now, end, holidays):
        message = f"Từ nay đến hết ngày {day_name(last)} không còn lượt phát nào: giờ đã qua"
        yield Problem("valid_to", f"{message}, hoặc lịch không có ngày nào phù hợp.")


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE)
