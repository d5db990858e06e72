"""Rules: when a bulletin or a programme wants to start."""

import enum
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from scheduler.calendar import ZONE
from scheduler.patterns import Pattern, days_of

WallTime = Annotated[time, Meta(tz=False)]
Instant = Annotated[datetime, Meta(tz=True)]


class OnHolidays(enum.StrEnum):
    """What a rule does on public holidays."""

    PLAY = "play"
    SKIP = "skip"
    ONLY = "only"


class Move(Struct, frozen=True):
    """One start that was put at another time: `was` is the start that the pattern gives."""

    was: Instant
    becomes: Instant


class Shift(Struct, frozen=True):
    """From the local day `since` on the pattern says `becomes` where it said `was`."""

    since: date
    was: WallTime
    becomes: WallTime


class Rule(Struct, frozen=True, kw_only=True):
    """A pattern of days at local wall times (Asia/Ho_Chi_Minh), with its exceptions.

    `valid_from` and `valid_to` are both played. `skips` drop a day; `extras` are further starts
    and, like moved ones, play whatever the pattern, the validity and the holidays say.
    """

    pattern: Pattern
    times: tuple[WallTime, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    holidays: OnHolidays = OnHolidays.PLAY
    skips: tuple[date, ...] = ()
    moves: tuple[Move, ...] = ()
    extras: tuple[Instant, ...] = ()


class Shifted(Rule, frozen=True, kw_only=True):
    """A rule of which people put hours elsewhere from a day on; never what was approved itself.

    Each of `shifts` changes what the ones before it left.
    """

    shifts: tuple[Shift, ...]


def starts(
    rule: Rule, since: datetime, until: datetime, holidays: Container[date]
) -> list[datetime]:
    """The rule's starts in [since, until), in order, each once, in UTC.

    `holidays` are local days off. Raises ValueError for naive times.
    """
    if since.tzinfo is None or until.tzinfo is None:
        raise ValueError("naive datetime: a rule needs aware times")
    if until <= since:
        return []
    since, until = since.astimezone(UTC), until.astimezone(UTC)  # one zone: compared faster
    moved = {move.was: move.becomes for move in rule.moves}
    found = {start for start in _patterned(rule, since, until, holidays) if start not in moved}
    found.update(new for was, new in moved.items() if is_patterned(rule, was, holidays))
    found.update(rule.extras)
    return sorted(start.astimezone(UTC) for start in found if since <= start < until)


def is_patterned(rule: Rule, start: datetime, holidays: Container[date]) -> bool:
    """Whether the pattern gives this very start, before moves and extras."""
    local = start.astimezone(ZONE)
    day = local.date()
    return (
        local.time() in times_on(rule, day)
        and rule.pattern.speaks_on(day)
        and _open(rule, day, holidays)
    )


def times_on(rule: Rule, day: date) -> tuple[time, ...]:
    """The wall times of the pattern on a local day."""
    times = rule.times
    for shift in rule.shifts if isinstance(rule, Shifted) else ():
        if day >= shift.since:
            times = tuple(shift.becomes if at == shift.was else at for at in times)
    return times


def _patterned(
    rule: Rule, since: datetime, until: datetime, holidays: Container[date]
) -> Iterator[datetime]:
    first = since.astimezone(ZONE).date()
    last = (until - timedelta.resolution).astimezone(ZONE).date()
    for day in days_of(
        rule.pattern, max(first, rule.valid_from or first), min(last, rule.valid_to or last)
    ):
        if _open(rule, day, holidays):
            for at in times_on(rule, day):
                yield datetime.combine(day, at, ZONE).astimezone(UTC)


def _open(rule: Rule, day: date, holidays: Container[date]) -> bool:
    """Whether validity, skips and holidays let the pattern speak on this day."""
    if day in rule.skips or (rule.valid_from and day < rule.valid_from):
        return False
    if rule.valid_to and day > rule.valid_to:
        return False
    if rule.holidays is OnHolidays.PLAY:
        return True
    return (day in holidays) is (rule.holidays is OnHolidays.ONLY)
