"""Alarms: trouble that people must look at; the same trouble is one row until it is cleared."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from controller.model import Alarm, Station, StationState

SILENT_AFTER = timedelta(minutes=5)
"""Ten beats in a row: a mobile link that comes and goes is not worth a visit."""

SILENT = "station_silent"


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
        session.add(
            Alarm(code=code, station_id=station_id, detail=detail, first_at=now, last_at=now)
        )
        session.flush()


def raise_alarms(session: Session, code: str, details: Mapping[str, str], now: datetime) -> None:
    """The same trouble at all of these stations, where it is known not to be open: a cut of the
    mains reaches a whole district in the same second."""
    rows = [
        {"code": code, "station_id": station, "detail": detail, "first_at": now, "last_at": now}
        for station, detail in details.items()
    ]
    if rows:
        session.execute(insert(Alarm), rows)


def clear_alarm(session: Session, code: str, now: datetime) -> None:
    """Trouble of the server itself is over; nothing happens when it was not open."""
    session.execute(
        update(Alarm)
        .where(_is_open(code, None))
        .values(cleared_at=now)
        .execution_options(synchronize_session=False)
    )


def clear_alarms(session: Session, code: str, stations: Collection[str], now: datetime) -> None:
    """The trouble is over for all of these stations."""
    if stations:
        session.execute(
            update(Alarm)
            .where(Alarm.code == code, Alarm.station_id.in_(stations), Alarm.cleared_at.is_(None))
            .values(cleared_at=now)
            .execution_options(synchronize_session=False)
        )


def clear_all(session: Session, station_id: str, now: datetime) -> None:
    """Whatever troubled this station, it was trouble of a box that is gone."""
    session.execute(
        update(Alarm)
        .where(Alarm.station_id == station_id, Alarm.cleared_at.is_(None))
        .values(cleared_at=now)
        .execution_options(synchronize_session=False)
    )


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


def _is_open(code: str, station_id: str | None) -> ColumnElement[bool]:
    whose = Alarm.station_id.is_(None) if station_id is None else Alarm.station_id == station_id
    return (Alarm.code == code) & whose & Alarm.cleared_at.is_(None)
