"""Station day: what a station should have played, what it played, and when it was away."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState, Verdict
from controller import areas, gaps, proofs
from controller.areas import local_day
from controller.gaps import Gap
from controller.model import Airing, Bulletin, Station, StationState, StationVerdict

WITHOUT_VERDICT = (AiringState.PLANNED, AiringState.REFUSED, AiringState.CANCELLED)
"""Airings that have frozen no targets: they are found by where they are aimed."""


LONGEST = timedelta(days=1)
"""No airing is longer: what began before that is not looked at."""


class Due(Struct, frozen=True, kw_only=True):
    """An airing that was meant for the station. `verdict` None: it has not begun, or never will.

    `until` of the part that sounded is None when nobody knows, or it sounds still.
    """

    airing_id: str
    title: str
    cls: int
    state: AiringState
    since: datetime
    until: datetime
    verdict: Verdict | None = None
    reason: str = ""  # in Vietnamese
    heard_since: datetime | None = None
    heard_until: datetime | None = None


class Day(Struct, frozen=True, kw_only=True):
    """A span of time of one station; `due` and `away` in order."""

    since: datetime
    until: datetime
    due: list[Due]
    away: list[Gap]


def read(
    session: Session, station: Station, since: datetime, until: datetime, now: datetime
) -> Day:
    """What was due in [since, until), and what is known of it."""
    state = session.get_one(StationState, station.id)
    due = _judged(session, station, since, until)
    known = {one.airing_id for one in due}
    due += _aimed(session, station, since, until, known)
    return Day(
        since=since,
        until=until,
        due=sorted(due, key=lambda one: (one.since, one.cls, one.airing_id)),
        away=gaps.between(session, state, since, min(until, now), now),
    )


def sounded(due: Sequence[Due], since: datetime, until: datetime, now: datetime) -> list[Due]:
    """Those of which something was heard in [since, until); pure."""
    return [
        one
        for one in due
        if one.heard_since and one.heard_since < until and (heard_until(one, now) > since)
    ]


def heard_until(one: Due, now: datetime) -> datetime:
    """When it fell silent; of one without an end, as far as it was to go; pure."""
    return one.heard_until or max(one.heard_since or one.since, min(one.until, now))


def _judged(session: Session, station: Station, since: datetime, until: datetime) -> list[Due]:
    query = (
        select(StationVerdict, Airing, Bulletin.title)
        .join(Airing, Airing.id == StationVerdict.airing_id)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(
            StationVerdict.station_id == station.id,
            Airing.starts_at > since - LONGEST,
            Airing.starts_at < until,
            Airing.ends_at > since,
        )
    )
    return [
        Due(
            airing_id=airing.id,
            title=title,
            cls=airing.cls,
            state=airing.state,
            since=airing.starts_at,
            until=airing.ends_at,
            verdict=Verdict(row.verdict),
            reason="" if row.verdict == Verdict.AIRED else proofs.reason(row),
            heard_since=row.started_at,
            heard_until=row.ended_at,
        )
        for row, airing, title in session.execute(query)
    ]


def _aimed(
    session: Session,
    station: Station,
    since: datetime,
    until: datetime,
    known: Collection[str],
) -> list[Due]:
    day = local_day(since)
    above = {station.id, *areas.lineages(session, [station.area_id], day)[station.area_id]}
    query = (
        select(Airing, Bulletin.title)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.state.in_(WITHOUT_VERDICT), Airing.starts_at < until, Airing.ends_at > since)
    )
    return [
        Due(
            airing_id=row.id,
            title=title,
            cls=row.cls,
            state=row.state,
            since=row.starts_at,
            until=row.ends_at,
            reason=row.reason,
        )
        for row, title in session.execute(query)
        if row.id not in known and not above.isdisjoint(row.targets)
    ]
