"""Planner: from rules to airings. Nothing that was due is dropped without a reason."""

from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from contract.precedence import precedence_key
from scheduler.airing import Airing, Entry
from scheduler.airtime import Airtime
from scheduler.conflicts import Conflict
from scheduler.groups import Windows, station_groups
from scheduler.priority import in_order
from scheduler.refusal import Refused
from scheduler.rules import starts

LOOKBACK = timedelta(days=1)
"""What began before the horizon may still sound in it, or hold back what waits behind it."""


class Planned(Struct, frozen=True):
    """Airings, what they do to each other, and what was refused; each in order of time.

    Each target of each due start is in exactly one airing or refusal; or, when it is live and its
    equals have their times in its slot, in an airing for each piece between them.
    """

    airings: list[Airing]
    conflicts: list[Conflict]
    refused: list[Refused]


def plan(
    entries: Sequence[Entry],
    windows: Windows,
    holidays: Container[date],
    since: datetime,
    until: datetime,
) -> Planned:
    """What is heard in [since, until): airings due before `until` that end after `since`.

    Entries take the air in order of precedence. One that meets its equal waits for its turn: a
    priority item while its window lasts, a normal one up to its late limit. One that meets a
    higher class keeps its time, to be pre-empted there: should the higher be cancelled, it is
    heard. A live one is heard between its equals, and ends when it was to end; what stations hold
    of one that is on is divided no more. Emergencies pass windows and wait for nobody. Raises
    ValueError for naive times and for two entries of the same id.
    """
    if len({entry.id for entry in entries}) < len(entries):
        raise ValueError("two entries share an id")
    ordered = in_order(entries)
    grouped = list(zip(ordered, station_groups(ordered, windows), strict=True))
    air = Airtime()
    for entry, groups in grouped:
        for due, held in entry.begun.items():
            air.hold(Airing(entry, due, due, entry.targets), held, groups)
    for entry, groups in grouped:
        for due in starts(entry.rule, since - LOOKBACK, until, holidays):
            if due not in entry.begun:
                air.take(Airing(entry, due, due, entry.targets), groups)
    return _shown(air, since)


def _shown(air: Airtime, since: datetime) -> Planned:
    """The part of the air from `since` on, in order of time and precedence."""
    airings = [airing for airing in air.airings if airing.ends_at > since]
    refused = [refusal for refusal in air.refused if refusal.due_at >= since]
    conflicts = [conflict for conflict in air.conflicts() if conflict.at >= since]
    return Planned(
        airings=sorted(airings, key=lambda a: (a.starts_at, _rank(a.entry), a.due_at)),
        conflicts=sorted(
            conflicts, key=lambda c: (c.at, _rank(c.winner), _rank(c.loser), c.outcome)
        ),
        refused=sorted(refused, key=lambda r: (r.due_at, _rank(r.entry), r.message)),
    )


def _rank(entry: Entry) -> tuple[int, int, int, str]:
    return precedence_key(entry.standing)
