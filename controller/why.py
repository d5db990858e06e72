"""Why: what a station did with its air at any moment, and why, told to people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract.reports import Line
from contract.stances import Decision, Stance
from contract.telling import tell
from controller.model import Airing, Bulletin, StationDecision, StationVerdict
from controller.upsert import insert

KEPT = timedelta(days=90)
"""A quarter: as long as anybody asks why yesterday, or last month, was silent."""

MOST = 100  # shown at once; two days of a busy station

BEFORE, AFTER = timedelta(minutes=1), timedelta(minutes=1)
"""Around an airing: the rig rises, the last word fades."""


class Told(Struct, frozen=True):
    """From `at` on, by the station's clock, it did this."""

    at: datetime
    sentence: str


def take(session: Session, lines: Iterable[tuple[str, Line, Stance]]) -> None:
    """Store what stations decided."""
    rows = [
        {"station_id": station, "n": line.n, "at": line.at, "stance": msgspec.to_builtins(stance)}
        for station, line, stance in lines
    ]
    if rows:
        session.execute(insert(session, StationDecision).on_conflict_do_nothing(), rows)


def forget_old(session: Session, now: datetime) -> None:
    """Let go of what nobody asks about any more."""
    session.execute(delete(StationDecision).where(StationDecision.at < now - KEPT))


def latest(session: Session, station: str, until: datetime) -> list[Told]:
    """What a station did up to a moment, the latest first. The first is what it did then."""
    query = (
        select(StationDecision)
        .where(StationDecision.station_id == station, StationDecision.at <= until)
        .order_by(StationDecision.at.desc(), StationDecision.n.desc())
        .limit(MOST)
    )
    return _told(session, session.scalars(query).all())


def of_airing(session: Session, station: str, airing: Airing) -> list[Told]:
    """What a station did in the time of an airing, in order."""
    row = session.get(StationVerdict, (airing.id, station))
    end = airing.ends_at if row is None or row.ended_at is None else row.ended_at
    span = (airing.starts_at - BEFORE, max(airing.ends_at, end) + AFTER)
    query = (
        select(StationDecision)
        .where(StationDecision.station_id == station, StationDecision.at.between(*span))
        .order_by(StationDecision.at, StationDecision.n)
        .limit(MOST)
    )
    return _told(session, session.scalars(query).all())


def now_of(session: Session, stance: dict[str, object] | None) -> Told | None:
    """What a station says that it does at present (StationState.stance)."""
    if stance is None:
        return None
    decision = msgspec.convert(stance, Decision)
    names = _names(session, [decision.stance])
    return Told(decision.at, _sentence(decision.stance, names))


def _told(session: Session, rows: Sequence[StationDecision]) -> list[Told]:
    stances = [msgspec.convert(row.stance, Stance) for row in rows]
    names = _names(session, stances)
    return [
        Told(row.at, _sentence(stance, names)) for row, stance in zip(rows, stances, strict=True)
    ]


def _sentence(stance: Stance, names: Mapping[str, str]) -> str:
    return tell(stance, lambda airing: f"“{names.get(airing, airing)}”")


def _names(session: Session, stances: Iterable[Stance]) -> dict[str, str]:
    """The titles of the airings that stances speak of."""
    wanted = {
        airing
        for stance in stances
        for airing in (stance.airing, stance.left, *stance.over, *stance.behind)
        if airing is not None
    }
    query = (
        select(Airing.id, Bulletin.title)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.id.in_(wanted))
    )
    return {airing: title for airing, title in session.execute(query)}  # noqa: C416 - typed rows
