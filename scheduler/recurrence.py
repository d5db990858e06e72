"""Recurrence: a rule's starts as calendars elsewhere repeat them (RFC 5545, 3.3.10 and 3.8.5)."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any

from msgspec import Struct

from scheduler.calendar import ZONE
from scheduler.patterns import (
    Daily,
    EveryNWeeks,
    MonthlyDays,
    MonthlyWeekdays,
    Pattern,
    Weekday,
    Weekly,
    Yearly,
    days_of,
)
from scheduler.rules import OnHolidays, Rule

DAY_NAMES: Mapping[Weekday, str] = dict(
    zip(Weekday, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True)
)


class Series(Struct, frozen=True, kw_only=True):
    """Starts of one event, local times: `first`, then by `repeat` up to `last`.

    `repeat` holds the parts of an RRULE but UNTIL; empty: only `first` and `further` are meant.
    """

    first: datetime
    last: datetime
    repeat: Mapping[str, Any]
    excluded: tuple[datetime, ...] = ()
    further: tuple[datetime, ...] = ()


def series(rule: Rule, wanted: Collection[datetime]) -> list[Series]:
    """The `wanted` starts of the rule, each in exactly one series.

    One for each time of day of a pattern that an RRULE can say; one that lists what is left, such
    as moved starts, extras and lunar days. Raises ValueError for naive times.
    """
    if any(start.tzinfo is None for start in wanted):
        raise ValueError("naive datetime: a calendar needs aware times")
    left = {start.astimezone(ZONE) for start in wanted}
    repeat = None if rule.holidays is OnHolidays.ONLY else _repeat(rule.pattern)
    found = []
    for at in dict.fromkeys(rule.times) if repeat else ():
        one = _repeated(rule.pattern, at, repeat or {}, left)
        if one is not None:
            found.append(one)
            left -= {start for start in left if _is_in(one, rule.pattern, start)}
    if left:
        first, *others = sorted(left)
        found.append(Series(first=first, last=max(left), repeat={}, further=tuple(others)))
    return found


def _repeated(
    pattern: Pattern, at: time, repeat: Mapping[str, Any], wanted: Collection[datetime]
) -> Series | None:
    """The wanted starts at a time of day; None for fewer than two, which need no rule."""
    days = {start.date() for start in wanted if start.time() == at}
    spoken = [day for day in days if pattern.speaks_on(day)]
    if len(spoken) < 2:
        return None
    first, last = min(spoken), max(spoken)
    missing = [day for day in days_of(pattern, first, last) if day not in days]
    return Series(
        first=datetime.combine(first, at, ZONE),
        last=datetime.combine(last, at, ZONE),
        repeat=repeat,
        excluded=tuple(datetime.combine(day, at, ZONE) for day in missing),
    )


def _is_in(one: Series, pattern: Pattern, start: datetime) -> bool:
    return start.time() == one.first.time() and pattern.speaks_on(start.date())


def _repeat(pattern: Pattern) -> Mapping[str, Any] | None:
    """The parts of an RRULE; None for a single day and for the moon, which no RRULE knows."""
    match pattern:
        case Daily():
            parts: dict[str, Any] = {"FREQ": "DAILY"}
        case Weekly(weekdays):
            parts = {"FREQ": "WEEKLY", "WKST": "MO", "BYDAY": _names(weekdays)}
        case EveryNWeeks(weekdays, n):
            days = _names(weekdays)
            parts = {"FREQ": "WEEKLY", "INTERVAL": n, "WKST": "MO", "BYDAY": days}
        case MonthlyDays(numbers):
            parts = {"FREQ": "MONTHLY", "BYMONTHDAY": sorted({n for n in numbers if n})}
        case MonthlyWeekdays(weekdays, nths):
            nth = sorted({n for n in nths if n})
            each = [f"{n}{name}" for n in nth for name in _names(weekdays)]
            parts = {"FREQ": "MONTHLY", "BYDAY": each}
        case Yearly(day, month):
            parts = {"FREQ": "YEARLY", "BYMONTH": month, "BYMONTHDAY": day}
        case _:
            return None
    return parts


def _names(weekdays: Collection[Weekday]) -> list[str]:
    return [DAY_NAMES[day] for day in sorted(set(weekdays))]
