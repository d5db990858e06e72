"""Alarms: trouble that people must look at; the same trouble is one row until it is cleared."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from controller.hooks import happenings
from controller.model import Alarm, Station, StationState

SILENT_AFTER = timedelta(minutes=5)
"""Ten beats in a row: a mobile link that comes and goes is not worth a visit."""

SILENT = happenings.SILENT


def sound_alarm(
    session: Session, code: str, detail: str, now: datetime, station_id: str | None = None
) -> None:
    """Raise it, or count it again when it is open."""
    counted = session.execute(
        update(Alarm)
        .where(_is_open(code, station_id))
        .values(count=Alarm.count + 1, last_at=now, detail=detail)
        .execution_options(synchronize_session=False)
    )
    if not counted.rowcount:  # type: ignore[attr-defined]  # every UPDATE has one; Result hides it
        row = Alarm(code=code, station_id=station_id, detail=detail, first_at=now, last_at=now)
        session.add(row)
        session.flush()
        happenings.alarms(session, [row], now, over=False)


def raise_alarms(session: Session, code: str, details: Mapping[str, str], now: datetime) -> None:
    """The same trouble at all of these stations, where it is known not to be open: a cut of the
    mains reaches a whole district in the same second."""
    rows = [
        {"code": code, "station_id": station, "detail": detail, "first_at": now, "last_at": now}
        for station, detail in details.items()
    ]
    if rows:
        session.execute(insert(Alarm), rows)
        happenings.alarms(session, [Alarm(**row) for row in rows], now, over=False)


def clear_alarm(session: Session, code: str, now: datetime) -> None:
    """Trouble of the server itself is over; nothing happens when it was not open."""
    _clear(session, _is_open(code, None), now)


def clear_alarms(session: Session, code: str, stations: Collection[str], now: datetime) -> None:
    """The trouble is over for all of these stations."""
    if stations:
        of_them = Alarm.station_id.in_(stations) & Alarm.cleared_at.is_(None)
        _clear(session, (Alarm.code == code) & of_them, now)


def clear_all(session: Session, station_id: str, now: datetime) -> None:
    """Whatever troubled this station, it was trouble of a box that is gone."""
    _clear(session, (Alarm.station_id == station_id) & Alarm.cleared_at.is_(None), now)


def clear_one(session: Session, alarm_id: int, now: datetime) -> None:
    """A person has seen to it."""
    _clear(session, Alarm.id == alarm_id, now)


def open_alarms(session: Session) -> list[Alarm]:
    """What is not cleared, the latest first."""
    query = select(Alarm).where(Alarm.cleared_at.is_(None)).order_by(Alarm.last_at.desc())
    return list(session.scalars(query))


def watch_stations(session: Session, now: datetime) -> None:
    """An alarm for each active station that has been silent for too long; cleared on its return."""
    silent = set(
        session.scalars(
            select(Station.id)
            .join(StationState, StationState.station_id == Station.id)
            .where(Station.active, StationState.seen_at < now - SILENT_AFTER)
        )
    )
    known = set(
        session.scalars(
            select(Alarm.station_id).where(Alarm.code == SILENT, Alarm.cleared_at.is_(None))
        )
    )
    for station in sorted(silent - known):
        sound_alarm(session, SILENT, "Cụm loa không gửi tin về.", now, station)
    clear_alarms(session, SILENT, [station for station in known - silent if station], now)


def _clear(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    cleared = session.scalars(
        update(Alarm)
        .where(which)
        .values(cleared_at=now)
        .returning(Alarm)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    happenings.alarms(session, cleared, now, over=True)


def _is_open(code: str, station_id: str | None) -> ColumnElement[bool]:
    whose = Alarm.station_id.is_(None) if station_id is None else Alarm.station_id == station_id
    return (Alarm.code == code) & whose & Alarm.cleared_at.is_(None)
