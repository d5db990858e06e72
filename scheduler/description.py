"""Description: a rule said back in Vietnamese, so that people check what they entered."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from scheduler.calendar import ZONE
from scheduler.patterns import (
    LAST,
    Daily,
    EveryNWeeks,
    LeapMonth,
    Lunar,
    MonthlyDays,
    MonthlyWeekdays,
    Once,
    Pattern,
    Weekday,
    Weekly,
    Yearly,
)
from scheduler.rules import OnHolidays, Rule

WEEKDAYS = {
    Weekday.MONDAY: "thứ Hai",
    Weekday.TUESDAY: "thứ Ba",
    Weekday.WEDNESDAY: "thứ Tư",
    Weekday.THURSDAY: "thứ Năm",
    Weekday.FRIDAY: "thứ Sáu",
    Weekday.SATURDAY: "thứ Bảy",
    Weekday.SUNDAY: "Chủ nhật",
}
_LUNAR_MONTHS = {1: "tháng Giêng", 12: "tháng Chạp"}
_LEAP = {
    LeapMonth.REGULAR: "không tính tháng nhuận",
    LeapMonth.LEAP: "chỉ tháng nhuận",
    LeapMonth.BOTH: "kể cả tháng nhuận",
}
_ON_HOLIDAYS = {
    OnHolidays.PLAY: (),
    OnHolidays.SKIP: ("trừ ngày lễ",),
    OnHolidays.ONLY: ("chỉ ngày lễ",),
}


SHOWN = 12
"""Days left out that a phrase names."""


def describe(rule: Rule) -> str:
    """The whole rule in one phrase, such as "05:30 hằng ngày, từ 01/12/2026"."""
    times = _listed(clock(at) for at in rule.times)
    return ", ".join(
        [
            f"{times} {_days(rule.pattern)}",
            *_validity(rule),
            *_ON_HOLIDAYS[rule.holidays],
            *_skipped(rule.skips),
            *(f"chuyển {moment(m.was)} sang {moment(m.becomes)}" for m in rule.moves),
            *(f"thêm {moment(extra)}" for extra in rule.extras),
        ]
    ).strip()


def clock(at: time) -> str:
    """A time of day; seconds only when there are any."""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def day_name(day: date) -> str:
    """A date as people write it here."""
    return f"{day:%d/%m/%Y}"


def moment(instant: datetime) -> str:
    """An instant on the village's clock."""
    local = instant.astimezone(ZONE)
    return f"{clock(local.time())} ngày {day_name(local.date())}"


def _skipped(days: Sequence[date]) -> list[str]:
    """Of many days the first; the form has them all."""
    if not days:
        return []
    named = [day_name(day) for day in days[:SHOWN]]
    if len(days) > SHOWN:
        named.append(f"{len(days) - SHOWN} ngày khác")
    return [f"trừ {'ngày' if len(days) == 1 else 'các ngày'} {_listed(named)}"]


def _validity(rule: Rule) -> list[str]:
    since = f"từ {day_name(rule.valid_from)}" if rule.valid_from else ""
    until = f"đến hết {day_name(rule.valid_to)}" if rule.valid_to else ""
    return [" ".join(part for part in (since, until) if part)] if since or until else []


def _days(pattern: Pattern) -> str:  # noqa: PLR0911 - one return for each kind of pattern
    match pattern:
        case Once(day):
            return f"ngày {day_name(day)}"
        case Daily():
            return "hằng ngày"
        case Weekly(weekdays):
            return f"{_weekdays(weekdays)} hằng tuần"
        case EveryNWeeks(weekdays, n, anchor):
            return f"{_weekdays(weekdays)}, {n} tuần một lần kể từ tuần có ngày {day_name(anchor)}"
        case MonthlyDays(days):
            return f"{_listed(_day_of_month(day) for day in days)} hằng tháng"
        case MonthlyWeekdays(weekdays, nths):
            names = (f"{WEEKDAYS[w]} {_nth(n)}" for n in nths for w in weekdays)
            return f"{_listed(names)} hằng tháng"
        case Yearly(day, month):
            return f"ngày {day:02}/{month:02} hằng năm"
        case Lunar():
            return _lunar(pattern)


def _weekdays(weekdays: Iterable[Weekday]) -> str:
    return _listed(WEEKDAYS[weekday] for weekday in sorted(weekdays))


def _day_of_month(day: int) -> str:
    if day == LAST:
        return "ngày cuối tháng"
    return f"ngày {day}" if day > 0 else f"ngày thứ {-day} từ cuối tháng"


def _nth(nth: int) -> str:
    if nth in (1, LAST):
        return "đầu tiên" if nth == 1 else "cuối cùng"
    return f"thứ {nth}" if nth > 0 else f"thứ {-nth} từ cuối tháng"


def _lunar(pattern: Lunar) -> str:
    month, often = "", "hằng tháng"
    if pattern.month is not None:
        month = f" {_LUNAR_MONTHS.get(pattern.month, f'tháng {pattern.month}')}"
        often = "hằng năm"
    short = ", tháng thiếu không phát" if pattern.day == 30 else ""
    return f"{_lunar_day(pattern.day)}{month} âm lịch {often} ({_LEAP[pattern.leap]}{short})"


def _lunar_day(day: int) -> str:
    if day == LAST:
        return "ngày cuối"
    if day == 15:
        return "rằm"
    return f"mùng {day}" if day <= 10 else f"ngày {day}"


def _listed(names: Iterable[str]) -> str:
    *most, last = list(names) or [""]
    return f"{', '.join(most)} và {last}" if most else last
