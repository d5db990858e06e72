"""Waiting: how near the next start of a bulletin is that nobody has approved yet. Pure."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from contract.windows import Window, allows
from scheduler.calendar import ZONE
from scheduler.rules import Rule, starts

FURTHEST = timedelta(days=366)
"""A rule that does not speak within a year has no next start: approvals reach no further."""

LEAD = timedelta(minutes=10)
"""What is put off begins no sooner: somebody must still hear it and approve."""

STEP = timedelta(minutes=5)  # people say 17:05, not 17:03
SEARCHED = timedelta(days=8)
"""Permitted hours are those of a day; within a week each of them comes."""


class Standing(Struct, frozen=True):
    """Where a bulletin stands that waits for approval.

    `lost` is the last start that passed since it was sent, `first` the next one. `due_min` is the
    smallest reminder, in minutes before `first`, whose time has come.
    """

    first: datetime | None
    lost: datetime | None
    due_min: int | None

    @property
    def is_over(self) -> bool:
        """Whether no start is left: it will not be heard unless it is put off."""
        return self.first is None


def standing(
    rule: Rule,
    since: datetime,
    now: datetime,
    holidays: Container[date],
    reminders: Iterable[int],
) -> Standing:
    """Of a bulletin that was sent at `since`. `reminders` are minutes before a start."""
    ahead = starts(rule, now, now + FURTHEST, holidays)
    first = ahead[0] if ahead else None
    passed = starts(rule, max(since, now - FURTHEST), now, holidays)
    due = [minutes for minutes in reminders if first and first - now <= timedelta(minutes=minutes)]
    return Standing(first, passed[-1] if passed else None, min(due, default=None))


def next_slot(
    hours: Sequence[Sequence[Window]], length: timedelta, now: datetime
) -> datetime | None:
    """The next moment at which a sound of this length fits into the permitted hours of all places.

    At a round five minutes, at least LEAD from now; None when there is none.
    """
    soon = (now + LEAD).astimezone(ZONE).replace(second=0, microsecond=0)
    if soon < now + LEAD:
        soon += timedelta(minutes=1)
    at = soon + timedelta(minutes=-soon.minute % 5)
    while at < now + SEARCHED:
        if all(allows(windows, at, at + length, ZONE) for windows in hours):
            return at
        at += STEP
    return None
