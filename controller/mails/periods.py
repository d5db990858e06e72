"""Periods: of which days a report by e-mail tells, and when it goes. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from scheduler.calendar import ZONE

GOES_AT = time(7, 0)
"""On the first day after the period, when an office opens; what stations report by then counts."""


class Every(StrEnum):
    """How often a report goes."""

    WEEK = "week"  # Monday to Sunday
    MONTH = "month"


class Span(Struct, frozen=True):
    """The days of a report, both included."""

    first: date
    last: date

    @property
    def goes_at(self) -> datetime:
        """When its report is due."""
        return datetime.combine(self.last + timedelta(days=1), GOES_AT, ZONE)

    @property
    def since(self) -> datetime:
        """The midnight before it, of the villages."""
        return datetime.combine(self.first, time(), ZONE)

    @property
    def until(self) -> datetime:
        """The midnight after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZONE)


def latest(every: Every, now: datetime) -> Span:
    """The last one whose report is due at `now`, an aware time."""
    today = now.astimezone(ZONE)
    day = today.date() if today.time() >= GOES_AT else today.date() - timedelta(days=1)
    return _BEFORE[every](day)


def due(every: Every, after: datetime, now: datetime) -> Iterator[Span]:
    """Those whose reports are due in (after, now], the newest first."""
    span = latest(every, now)
    while span.goes_at > after:
        yield span
        span = _BEFORE[every](span.first)


def _week_before(day: date) -> Span:
    """The last whole week before the one of this day."""
    monday = day - timedelta(days=day.weekday() + 7)
    return Span(monday, monday + timedelta(days=6))


def _month_before(day: date) -> Span:
    last = day.replace(day=1) - timedelta(days=1)
    return Span(last.replace(day=1), last)


_BEFORE: Mapping[Every, Callable[[date], Span]] = {
    Every.WEEK: _week_before,
    Every.MONTH: _month_before,
}
