"""Gaps: when nobody heard from a station, written down as it happens, and read for a day."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from controller.model import ServerGap, StationGap, StationState, WorkerBeat
from controller.station_list import SILENT_AFTER
from controller.upsert import insert

KEPT = timedelta(days=400)
"""A year, and the months in which its report is looked through."""

SERVER_AWAY = timedelta(minutes=2)
"""Its beats are ten seconds apart; what is shorter no station can be blamed for."""


class Gap(Struct, frozen=True):
    """An aware span of time; it is over, or reaches until now."""

    since: datetime
    until: datetime


class Turns:
    """Comings and goings of one batch; a broker that came back brings all stations at once."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now
        self._gone: dict[str, datetime] = {}
        self._back: set[str] = set()
        self._silent: dict[str, datetime] = {}

    def note(self, known: StationState, *, online: bool) -> None:
        """A station said that it is there, or its last will that it is gone. Before the state is
        written.
        """
        station, seen_at = known.station_id, known.seen_at
        if station in self._gone or station in self._back or station in self._silent:
            self.write()  # its second turn follows on the first
        if seen_at is None:
            return
        if known.online and not online:
            self._gone[station] = seen_at
        elif online and not known.online:
            self._back.add(station)
        elif online and seen_at < self._now - SILENT_AFTER:
            self._silent[station] = seen_at

    def write(self) -> None:
        """Write down what was noted; a statement a kind."""
        _open(self._session, self._gone)
        _close(self._session, self._back, self._now)
        _write(self._session, list(self._silent.items()), self._now)
        self._gone, self._back, self._silent = {}, set(), {}


def heard(session: Session, stations: Collection[str], now: datetime) -> None:
    """Stations sent something after a silence without a last will. Before it is written."""
    query = select(StationState.station_id, StationState.seen_at).where(
        StationState.station_id.in_(list(stations)),
        StationState.online,
        StationState.seen_at < now - SILENT_AFTER,
    )
    _write(session, [(station, at) for station, at in session.execute(query) if at], now)


def between(
    session: Session, state: StationState, since: datetime, until: datetime, now: datetime
) -> list[Gap]:
    """Those of a station in [since, until), cut to it, in order; the present one is among them."""
    query = (
        select(StationGap.since, StationGap.until)
        .where(
            StationGap.station_id == state.station_id,
            StationGap.since < until,
            or_(StationGap.until.is_(None), StationGap.until > since),
        )
        .order_by(StationGap.since)
    )
    found = [Gap(begun, over or now) for begun, over in session.execute(query)]
    last = found[-1].until if found else None
    if state.seen_at and state.online and state.seen_at < now - SILENT_AFTER and last != now:
        found.append(Gap(state.seen_at, now))
    cut = [Gap(max(one.since, since), min(one.until, until)) for one in found]
    return [one for one in cut if one.since < one.until]


def forget_old(session: Session, now: datetime) -> None:
    """Let go of what nobody asks about any more."""
    session.execute(delete(StationGap).where(StationGap.until < now - KEPT))
    session.execute(delete(ServerGap).where(ServerGap.until < now - KEPT))


def note_server(session: Session, name: str, now: datetime) -> None:
    """The server beats; if its last beat is long ago, it was away. Before it is written."""
    last = session.get(WorkerBeat, name)
    if last is not None and now - last.at > SERVER_AWAY:
        session.add(ServerGap(since=last.at, until=now))


def _open(session: Session, gone: Mapping[str, datetime]) -> None:
    rows = [{"station_id": one, "since": since, "until": None} for one, since in gone.items()]
    if rows:
        session.execute(insert(session, StationGap).on_conflict_do_nothing(), rows)


def _close(session: Session, back: Collection[str], now: datetime) -> None:
    if back:
        still = (StationGap.station_id.in_(back), StationGap.until.is_(None))
        session.execute(update(StationGap).where(*still).values(until=now))


def _write(session: Session, silent: Collection[tuple[str, datetime]], now: datetime) -> None:
    rows = [{"station_id": station, "since": since, "until": now} for station, since in silent]
    if rows:
        session.execute(insert(session, StationGap).on_conflict_do_nothing(), rows)
