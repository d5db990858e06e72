"""Where in its recording a run begins, and at which instant: pure geometry of late and resume."""

from datetime import datetime, timedelta

from msgspec import Struct

from contract.states import Cause, Late, Resume
from station_agent.samples import samples_in, span_of
from station_agent.state import Airing

_MILLISECOND = timedelta(milliseconds=1)

LEAD = timedelta(milliseconds=1500)
"""How long before its instant a run is given to the player: the slowest box hashes and opens a
ten-minute recording (2.4 MB) in half of that."""

JOIN_LEAD = timedelta(milliseconds=300)
"""How far ahead a late join aims, for the same work when it cannot be done beforehand."""

RESUME_LIMIT = timedelta(hours=1)
"""A displaced item waits for its turn at most so long, the length of the shortest usual window:
after that its news belongs to another hour."""


class Beginning(Struct, frozen=True, kw_only=True):
    """`at` None: as soon as the player can. `anchor` is when sample 0 sounds or would have."""

    from_sample: int
    at: datetime | None
    anchor: datetime


def beginning(airing: Airing, now: datetime) -> Beginning:
    """How an airing whose time has come begins or goes on at `now`."""
    if airing.emergency:
        return _whole(now)
    cut = airing.cut
    if airing.started_at is None or cut is None:
        return _first(airing, now)
    if _by_clock(airing):
        return _join(cut.anchor, cut.sample, now)
    if airing.resume is Resume.AT_CUT:
        return Beginning(from_sample=cut.sample, at=None, anchor=now - span_of(cut.sample))
    return _whole(now)


def over(airing: Airing, now: datetime) -> bool:
    """Whether nothing of it is left to sound at `now`, or it may not begin or go on any more."""
    if airing.until is not None:
        return now >= airing.until
    cut = airing.cut
    if airing.started_at is None or cut is None:
        gone = (now - airing.starts_at) // _MILLISECOND > airing.late_limit_ms
        return gone or (airing.late is Late.JOIN and _nothing_left(airing, now))
    if _by_clock(airing):
        return _nothing_left(airing, now)
    return now > cut.at + RESUME_LIMIT


def _by_clock(airing: Airing) -> bool:
    """Whether it goes on where it would be by now: after a fault always, else by its policy."""
    fault = airing.cut is not None and airing.cut.why is not Cause.DISPLACED
    return fault or airing.resume is Resume.JOIN


def _nothing_left(airing: Airing, now: datetime) -> bool:
    return beginning(airing, now).from_sample >= airing.recording.samples


def _first(airing: Airing, now: datetime) -> Beginning:
    if now <= airing.starts_at:
        return Beginning(from_sample=0, at=airing.starts_at, anchor=airing.starts_at)
    if airing.late is Late.JOIN:
        return _join(airing.starts_at, 0, now)
    return _whole(now)


def _join(anchor: datetime, not_before: int, now: datetime) -> Beginning:
    """At the wall-clock offset; never back to what was heard, wherever the clock has gone."""
    sample = max(not_before, samples_in(now + JOIN_LEAD - anchor))
    at = now + JOIN_LEAD
    return Beginning(from_sample=sample, at=at, anchor=at - span_of(sample))


def _whole(now: datetime) -> Beginning:
    return Beginning(from_sample=0, at=None, anchor=now)
