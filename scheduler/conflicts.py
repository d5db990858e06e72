"""Conflicts: two items that want the same loudspeakers at once, and what will be heard."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from contract.ids import StationId
from contract.precedence import precedence_key
from scheduler import explanation
from scheduler.airing import Airing, Entry
from scheduler.groups import Group, stations_of
from scheduler.priority import needs_order


class Outcome(enum.StrEnum):
    """What becomes of the item that gives way."""

    CUT = "cut"  # pre-empted, then its resume policy
    WAITS = "waits"  # sounds whole, after the other
    LEFT_OUT = "left_out"  # would have to wait too long


_SENTENCES = {
    Outcome.CUT: explanation.cut,
    Outcome.WAITS: explanation.waits,
    Outcome.LEFT_OUT: explanation.left_out,
}


class Conflict(Struct, frozen=True):
    """`winner` is heard in place of `loser` on `stations`; `message` says so to a person.

    `at` (UTC) is when the two first meet. `overlap_s` is how long both wanted to sound; 0 when
    only the waiting behind a third item brought them together. `needs_order`: the commune user is
    to choose; until then the first come wins.
    """

    winner: Entry
    loser: Entry
    stations: frozenset[StationId]
    at: datetime
    overlap_s: float
    outcome: Outcome
    needs_order: bool
    message: str


def meeting(
    winner: Airing, loser: Airing, stations: frozenset[StationId], outcome: Outcome
) -> Conflict:
    """The meeting of two airings, explained; one that waits is given at the time it was due."""
    at = max(winner.starts_at, loser.starts_at)
    overlap = max(min(winner.ends_at, loser.ends_at) - at, timedelta())
    undecided = needs_order(winner.entry.standing, loser.entry.standing)
    message = _SENTENCES[outcome](winner, loser, stations)
    if undecided:
        message += " Cả hai cùng mức ưu tiên: cán bộ xã chọn bản tin phát trước."
    return Conflict(
        winner=winner.entry,
        loser=loser.entry,
        stations=stations,
        at=at,
        overlap_s=overlap.total_seconds(),
        outcome=outcome,
        needs_order=undecided,
        message=message,
    )


def cuts(on_air: Iterable[tuple[Group, Iterable[Airing]]]) -> list[Conflict]:
    """Every two airings that sound at once on some station: one cuts in on the other.

    Takes the airings of each group of stations; a pair that meets in several groups is one
    conflict on all of them.
    """
    places: dict[tuple[Airing, Airing], list[Group]] = defaultdict(list)
    for group, airings in on_air:
        for one, other in _simultaneous(airings):
            winner, loser = sorted((one, other), key=_precedence)
            places[winner, loser].append(group)
    return [
        meeting(winner, loser, stations_of(groups), Outcome.CUT)
        for (winner, loser), groups in places.items()
    ]


def _simultaneous(airings: Iterable[Airing]) -> Iterator[tuple[Airing, Airing]]:
    """Sweep over the starts: only what still sounds can meet what begins."""
    sounding: list[Airing] = []
    for airing in sorted(airings, key=lambda airing: (airing.starts_at, _precedence(airing))):
        sounding = [earlier for earlier in sounding if earlier.ends_at > airing.starts_at]
        yield from ((earlier, airing) for earlier in sounding)
        sounding.append(airing)


def _precedence(airing: Airing) -> tuple[object, ...]:
    return (*precedence_key(airing.entry.standing), airing.starts_at)
