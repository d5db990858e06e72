"""Patterns: the days on which a rule speaks, before times and exceptions."""

import calendar
import enum
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from scheduler.lunar import LunarDay, ends_lunar_month, lunar_day

LAST = -1
"""The last day of a month, or the last such weekday in it."""


class Weekday(enum.IntEnum):
    """ISO 8601 numbers, as `date.isoweekday()`: Sunday is 7, never 0."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


class LeapMonth(enum.StrEnum):
    """Whether a lunar rule speaks in a regular month, in its leap repetition, or in both."""

    REGULAR = "regular"
    LEAP = "leap"
    BOTH = "both"


DayOfMonth = Annotated[int, Meta(ge=-31, le=31)]
Nth = Annotated[int, Meta(ge=-5, le=5)]
Month = Annotated[int, Meta(ge=1, le=12)]


class Once(Struct, frozen=True, tag_field="kind", tag="once"):
    """A single day."""

    day: date

    def speaks_on(self, day: date) -> bool:
        return day == self.day


class Daily(Struct, frozen=True, tag_field="kind", tag="daily"):
    """Each day."""

    def speaks_on(self, day: date) -> bool:  # noqa: ARG002 - every pattern is asked the same way
        return True


class Weekly(Struct, frozen=True, tag_field="kind", tag="weekly"):
    """The same weekdays each week."""

    weekdays: tuple[Weekday, ...]

    def speaks_on(self, day: date) -> bool:
        return day.isoweekday() in self.weekdays


class EveryNWeeks(Struct, frozen=True, tag_field="kind", tag="every_n_weeks"):
    """Weekdays of each n-th week, counted from the week (from Monday) that holds `anchor`."""

    weekdays: tuple[Weekday, ...]
    n: Annotated[int, Meta(ge=1, le=52)]
    anchor: date

    def speaks_on(self, day: date) -> bool:
        weeks = (_monday(day) - _monday(self.anchor)).days // 7
        return day.isoweekday() in self.weekdays and weeks % self.n == 0


class MonthlyDays(Struct, frozen=True, tag_field="kind", tag="monthly_days"):
    """Days of each month; negative ones count from its end. A day that a month lacks is passed."""

    days: tuple[DayOfMonth, ...]

    def speaks_on(self, day: date) -> bool:
        return day.day in self.days or day.day - _month_length(day) - 1 in self.days


class MonthlyWeekdays(Struct, frozen=True, tag_field="kind", tag="monthly_weekdays"):
    """The n-th of some weekdays in each month; negative n counts from its end."""

    weekdays: tuple[Weekday, ...]
    nths: tuple[Nth, ...]

    def speaks_on(self, day: date) -> bool:
        nth = (day.day - 1) // 7 + 1
        nth_from_end = (_month_length(day) - day.day) // 7 + 1
        return day.isoweekday() in self.weekdays and (
            nth in self.nths or -nth_from_end in self.nths
        )


class Yearly(Struct, frozen=True, tag_field="kind", tag="yearly"):
    """A solar date each year; 29 February speaks in leap years only."""

    day: Annotated[int, Meta(ge=1, le=31)]
    month: Month

    def speaks_on(self, day: date) -> bool:
        return (day.day, day.month) == (self.day, self.month)


class Lunar(Struct, frozen=True, tag_field="kind", tag="lunar"):
    """A day of one lunar month, or of each (`month` None).

    Day 30 is passed in a month of 29 days; LAST is the month's last day, whichever it is.
    """

    day: Annotated[int, Meta(ge=-1, le=30)]
    month: Month | None
    leap: LeapMonth

    def speaks_on(self, day: date) -> bool:
        lunar = lunar_day(day)
        if self.month not in (None, lunar.month) or not self._hears(lunar):
            return False
        return ends_lunar_month(day) if self.day == LAST else lunar.day == self.day

    def _hears(self, lunar: LunarDay) -> bool:
        return self.leap is LeapMonth.BOTH or lunar.leap is (self.leap is LeapMonth.LEAP)


Pattern = Once | Daily | Weekly | EveryNWeeks | MonthlyDays | MonthlyWeekdays | Yearly | Lunar


def days_of(pattern: Pattern, first: date, last: date) -> Iterator[date]:
    """The pattern's days in [first, last], both included, in order."""
    days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    return filter(pattern.speaks_on, days)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
