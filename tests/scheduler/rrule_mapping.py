"""RFC 5545 recurrence rules said as our rules, for the tests that compare the two."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import product
from typing import NamedTuple

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
)
from scheduler.rules import Rule

DAY_S = 86_400
STEP_S = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
NAMES = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}


class Inexpressible(Exception):
    """No rule of ours says this; the message is the reason."""


class Recurrence(NamedTuple):
    """One RRULE with its DTSTART; wall times are read in the village's zone."""

    parts: dict[str, str]
    dtstart: datetime

    @property
    def freq(self) -> str:
        return self.parts["FREQ"]

    @property
    def interval(self) -> int:
        return int(self.parts.get("INTERVAL", "1"))

    @property
    def until(self) -> datetime | None:
        return instant(self.parts["UNTIL"]) if "UNTIL" in self.parts else None

    def numbers(self, name: str) -> list[int]:
        return sorted({int(n) for n in self.parts[name].split(",")}) if name in self.parts else []

    def days(self) -> list[str]:
        return self.parts["BYDAY"].split(",") if "BYDAY" in self.parts else []


def instant(text: str) -> datetime:
    """A DATE or DATE-TIME of RFC 5545; a trailing Z is dropped, all is compared in one zone."""
    bare = text.removesuffix("Z")
    return datetime.strptime(bare, "%Y%m%dT%H%M%S" if "T" in bare else "%Y%m%d").replace(
        tzinfo=ZONE
    )


def recurrence(rrule: str, dtstart: str) -> Recurrence:
    parts = dict(part.split("=") for part in rrule.rstrip(";").split(";"))
    return Recurrence(parts, instant(dtstart))


def rule_of(rec: Recurrence) -> Rule:
    """The same rule in our words. COUNT is left to the caller. Raises Inexpressible."""
    for part, reason in {
        "BYYEARDAY": "days counted from the start of the year",
        "BYWEEKNO": "weeks counted from the start of the year",
    }.items():
        if part in rec.parts:
            raise Inexpressible(reason)
    until = rec.until
    return Rule(
        pattern=pattern_of(rec),
        times=times_of(rec),
        valid_from=rec.dtstart.date(),
        valid_to=until.date() if until else None,
    )


def pattern_of(rec: Recurrence) -> Pattern:
    if "BYMONTH" in rec.parts or (rec.freq == "YEARLY" and "BYMONTHDAY" in rec.parts):
        return yearly(rec)
    if "BYDAY" in rec.parts and "BYMONTHDAY" in rec.parts:
        raise Inexpressible("a weekday that must also be a certain day of the month")
    if rec.interval > 1 and rec.freq in {"DAILY", "MONTHLY", "YEARLY"}:
        raise Inexpressible("every n-th day, month or year")
    match rec.freq:
        case "YEARLY" if not rec.days():
            return Yearly(rec.dtstart.day, rec.dtstart.month)
        case "YEARLY" if any(len(day) > 2 for day in rec.days()):
            raise Inexpressible("weekdays counted from the start of the year")
        case "WEEKLY":
            return weekly(rec)
        case "MONTHLY" if not rec.days():
            return MonthlyDays(tuple(month_days(rec)))
    if rec.numbers("BYMONTHDAY"):
        return MonthlyDays(tuple(rec.numbers("BYMONTHDAY")))
    return by_weekday(rec) if rec.days() else Daily()


def yearly(rec: Recurrence) -> Pattern:
    # without BYMONTH libical takes the month of DTSTART
    months = rec.numbers("BYMONTH") or [rec.dtstart.month]
    days = rec.numbers("BYMONTHDAY") or [rec.dtstart.day]
    each_day = rec.freq == "DAILY" and "BYMONTHDAY" not in rec.parts
    one_day = len(months) == len(days) == 1 and days[0] > 0 and not each_day
    if not one_day or rec.interval > 1 or set(rec.parts) & {"BYDAY", "BYSETPOS"}:
        raise Inexpressible("in certain months only, unless on a single date")
    return Yearly(days[0], months[0])


def weekly(rec: Recurrence) -> Pattern:
    first = NAMES[rec.parts.get("WKST", "MO")]
    wanted = {NAMES[day] for day in rec.days()} or {rec.dtstart.isoweekday()}
    in_week = sorted(wanted, key=lambda day: (day - first) % 7)
    weekdays = tuple(Weekday(day) for day in sorted(positions(rec, in_week)))
    if rec.interval == 1:
        return Weekly(weekdays)
    # our weeks begin on Monday: the same unless a week of theirs holds days of two of ours
    if len({day < first for day in (*weekdays, rec.dtstart.isoweekday())}) > 1:
        raise Inexpressible("every n-th week, with weeks that do not begin on Monday")
    return EveryNWeeks(weekdays, rec.interval, rec.dtstart.date())


def month_days(rec: Recurrence) -> list[int]:
    days = rec.numbers("BYMONTHDAY") or [rec.dtstart.day]
    if "BYSETPOS" in rec.parts and not all(1 <= day <= 28 for day in days):
        raise Inexpressible("positions in a set that differs from period to period")
    return positions(rec, days)


def by_weekday(rec: Recurrence) -> Pattern:
    nths = {day[:-2] for day in rec.days()}
    weekdays = {day[-2:] for day in rec.days()}
    if "BYSETPOS" in rec.parts:
        raise Inexpressible("positions in a set that differs from period to period")
    if {n + day for n, day in product(nths, weekdays)} != set(rec.days()):
        raise Inexpressible("different weekdays at different places in the month")
    names = tuple(Weekday(NAMES[day]) for day in weekdays)
    return Weekly(names) if nths == {""} else MonthlyWeekdays(names, tuple(int(n) for n in nths))


def times_of(rec: Recurrence) -> tuple[time, ...]:
    at = rec.dtstart
    hours = rec.numbers("BYHOUR") or [at.hour]
    minutes = rec.numbers("BYMINUTE") or [at.minute]
    seconds = rec.numbers("BYSECOND") or [at.second]
    if rec.freq not in STEP_S:
        if "BYSETPOS" in rec.parts and len(hours) * len(minutes) * len(seconds) > 1:
            raise Inexpressible("positions in a set that differs from period to period")
        return tuple(time(h, m, s) for h, m, s in product(hours, minutes, seconds))
    step = STEP_S[rec.freq] * rec.interval
    if DAY_S % step:
        raise Inexpressible("a step that does not divide the day")
    if rec.freq == "HOURLY":
        minutes = positions(rec, minutes)
    if rec.freq == "MINUTELY":
        seconds = positions(rec, seconds)
    return tuple(
        moment
        for moment in (time(h, m, s) for h, m, s in steps(rec, step, minutes, seconds))
        if "BYHOUR" not in rec.parts or moment.hour in hours
    )


def steps(
    rec: Recurrence, step: int, minutes: list[int], seconds: list[int]
) -> list[tuple[int, int, int]]:
    """The hours, minutes and seconds that a step of less than a day reaches."""
    at = rec.dtstart
    reached = range((at.hour * 3600 + at.minute * 60 + at.second) % step, DAY_S, step)
    if rec.freq == "HOURLY":
        return [(s // 3600, m, sec) for s in reached for m in minutes for sec in seconds]
    if rec.freq == "MINUTELY":
        held = [s for s in reached if "BYMINUTE" not in rec.parts or s // 60 % 60 in minutes]
        return [(s // 3600, s // 60 % 60, sec) for s in held for sec in seconds]
    return [
        (s // 3600, s // 60 % 60, s % 60)
        for s in reached
        if ("BYMINUTE" not in rec.parts or s // 60 % 60 in minutes)
        and ("BYSECOND" not in rec.parts or s % 60 in seconds)
    ]


def positions(rec: Recurrence, members: Sequence[int]) -> list[int]:
    """What BYSETPOS leaves of a set that is the same in every period."""
    wanted = rec.numbers("BYSETPOS") or range(1, len(members) + 1)
    return [members[n - 1 if n > 0 else n] for n in wanted if abs(n) <= len(members)]
