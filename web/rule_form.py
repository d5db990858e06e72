"""Rule form: what was typed about time becomes a rule, and a rule becomes typed fields again."""

import re
from collections.abc import Callable, Container, Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct, field, structs

from scheduler.description import clock, day_name
from scheduler.patterns import (
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
from scheduler.problem import Problem
from scheduler.rules import OnHolidays, Rule, is_patterned
from scheduler.typed_time import local_date, wall_time
from web.when import When

_NUMBER = re.compile(r"-?\d{1,3}")


class Unreadable(Exception):
    """Fields that are no date, time or number; `problems` say which, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def rule_of(when: When, saved: Rule | None = None) -> Rule:
    """The rule that was typed; `saved`, which may say more, when it was left as it was.

    Raises Unreadable.
    """
    if saved is not None and when == typed_of(saved):
        return saved
    read = _Reader(when)
    repeated = when.repeat != "once"
    rule = Rule(
        pattern=_PATTERNS[when.repeat](read),
        times=read.times("time", "times") if repeated else read.times("time"),
        valid_from=read.day_or_none("valid_from") if repeated else None,
        valid_to=read.day_or_none("valid_to") if repeated else None,
        holidays=read.holidays() if repeated else OnHolidays.PLAY,
        skips=read.days("skips") if repeated else (),
    )
    known = saved.skips if saved else ()
    read.problems += [
        _idle(day) for day in rule.skips if day not in known and not _is_on(rule, day)
    ]
    if read.problems:
        raise Unreadable(read.problems)
    return rule


def keeping(rule: Rule, saved: Rule, now: datetime, holidays: Container[date]) -> Rule:
    """The rule with the moves and extras of the saved one: no form of ours can enter them again.

    What it cannot hold falls away: a start that is no more and so cannot be moved, an extra past.
    """
    return structs.replace(
        rule,
        moves=tuple(move for move in saved.moves if is_patterned(rule, move.was, holidays)),
        extras=tuple(extra for extra in saved.extras if extra >= now),
    )


def _is_on(rule: Rule, day: date) -> bool:
    """Whether there is anything to leave out on that day."""
    first, last = rule.valid_from or day, rule.valid_to or day
    return first <= day <= last and rule.pattern.speaks_on(day)


def _idle(day: date) -> Problem:
    return Problem("skips", f"Ngày {day_name(day)} vốn không có lượt phát: bỏ khỏi ô này.")


class _Reader(Struct):
    """Reads typed fields and notes each that cannot be read; a stand-in takes its place."""

    when: When
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return str(getattr(self.when, name))

    def day(self, name: str) -> date:
        found = self.day_or_none(name)
        if found is None and not self.text(name):
            self.problems.append(Problem(name, "Chọn ngày phát."))
        return found or date.max

    def day_or_none(self, name: str) -> date | None:
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.problems.append(Problem(name, f"“{text}” không phải là ngày."))
            return None

    def days(self, name: str) -> tuple[date, ...]:
        found: set[date] = set()
        for text in filter(None, re.split(r"[,;\s]+", self.text(name))):
            day = local_date(text)
            if day is None:
                told = f"“{text}” không phải là ngày, như 31/12/2026."
                self.problems.append(Problem(name, told))
            else:
                found.add(day)
        return tuple(sorted(found))

    def number(self, name: str, least: int, most: int) -> int:
        text = self.text(name)
        if _NUMBER.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        self.problems.append(Problem(name, f"Nhập một số từ {least} đến {most}."))
        return most

    def times(self, *names: str) -> tuple[time, ...]:
        found: dict[time, None] = {}
        for name in names:
            for text in filter(None, re.split(r"[,;\s]+", self.text(name))):
                at = wall_time(text)
                if at is None:
                    self.problems.append(Problem(name, f"“{text}” không phải là giờ, như 17:00."))
                else:
                    found[at] = None
        return tuple(sorted(found))

    def weekdays(self) -> tuple[Weekday, ...]:
        chosen = {int(day) for day in self.when.weekdays if re.fullmatch("[1-7]", day)}
        return tuple(Weekday(day) for day in sorted(chosen))

    def holidays(self) -> OnHolidays:
        known = {policy.value: policy for policy in OnHolidays}
        return known.get(self.when.holidays, OnHolidays.PLAY)


_PATTERNS: Mapping[str, Callable[[_Reader], Pattern]] = {
    "once": lambda read: Once(read.day("day")),
    "daily": lambda _: Daily(),
    "weekly": lambda read: Weekly(read.weekdays()),
    "every_n_weeks": lambda read: EveryNWeeks(
        read.weekdays(), read.number("weeks", 2, 52), read.day("valid_from")
    ),
    "monthly": lambda read: MonthlyDays((read.number("month_day", -1, 31),)),
    "monthly_weekdays": lambda read: MonthlyWeekdays(read.weekdays(), (read.number("nth", -1, 5),)),
    "yearly": lambda read: Yearly(
        read.number("month_day", 1, 31), read.number("year_month", 1, 12)
    ),
    "lunar": lambda read: Lunar(
        read.number("lunar_day", -1, 30), read.number("lunar_month", 0, 12) or None, LeapMonth.BOTH
    ),
}


def typed_of(rule: Rule) -> When:
    """The typed fields that give this rule, but for what only `saved` of rule_of can keep."""
    first, *others = [clock(at) for at in rule.times] or [""]
    return When(
        **_pattern_fields(rule.pattern),
        time=first,
        times=", ".join(others),
        valid_from=rule.valid_from.isoformat() if rule.valid_from else "",
        valid_to=rule.valid_to.isoformat() if rule.valid_to else "",
        skips=", ".join(day_name(day) for day in rule.skips),
        holidays=rule.holidays.value,
    )


def _pattern_fields(pattern: Pattern) -> dict[str, Any]:  # noqa: PLR0911 - one return for each kind
    match pattern:
        case Once(day):
            return {"repeat": "once", "day": day.isoformat()}
        case Daily():
            return {"repeat": "daily"}
        case Weekly(weekdays):
            return {"repeat": "weekly", "weekdays": _numbers(weekdays)}
        case EveryNWeeks(weekdays, n):
            return {"repeat": "every_n_weeks", "weekdays": _numbers(weekdays), "weeks": str(n)}
        case MonthlyDays(days):
            return {"repeat": "monthly", "month_day": str(days[0])}
        case MonthlyWeekdays(weekdays, nths):
            return {
                "repeat": "monthly_weekdays",
                "weekdays": _numbers(weekdays),
                "nth": str(nths[0]),
            }
        case Yearly(day, month):
            return {"repeat": "yearly", "month_day": str(day), "year_month": str(month)}
        case Lunar(day, month):
            return {"repeat": "lunar", "lunar_day": str(day), "lunar_month": str(month or 0)}


def _numbers(weekdays: tuple[Weekday, ...]) -> list[str]:
    return [str(int(day)) for day in weekdays]
