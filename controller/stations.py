"""Stations: registered with a readable code and a secret of their own."""

import re
from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contract.ids import is_topic_name
from controller import areas, audit
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import Area, Station, StationState
from controller.model.folding import folded
from controller.permissions import Permission, Who, require
from controller.station_secret import fresh_secret, hash_secret, matches
from scheduler.problem import Problem

CODE_LETTERS = 34
"""Leaves room for a number within the 40 characters of a topic name."""


class Registered(Struct, frozen=True):
    """A new station and its secret, which is shown once and not kept."""

    station: Station
    secret: str


def register(
    session: Session,
    asking: Who | None,
    area_id: str,
    name: str,
    *,
    now: datetime,
    code: str | None = None,
) -> Registered:
    """A new station; `code` None makes a readable one. `asking` None is the server itself.

    Raises NotFound for an area out of scope, Invalid for a bad name or code.
    """
    if asking is not None:
        require(session, asking, Permission.MANAGE_STATIONS, [area_id], local_day(now))
    name = name.strip()
    id_ = code or next_code(session, areas.get(session, area_id))
    _check(session, id_, name)
    secret = fresh_secret()
    station = Station(
        id=id_, area_id=area_id, name=name, secret_hash=hash_secret(secret), created_at=now
    )
    session.add(station)
    session.flush()
    session.add(StationState(station_id=id_))
    after = {"area": area_id, "name": name}
    audit.record(session, asking, "station.register", "station", id_, after=after, now=now)
    return Registered(station, secret)


def new_secret(session: Session, asking: Who, station_id: str, *, now: datetime) -> str:
    """Replace a station's secret; the old one is worth nothing any more. Raises NotFound."""
    station = get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    secret = fresh_secret()
    station.secret_hash = hash_secret(secret)
    audit.record(session, asking, "station.new_secret", "station", station_id, now=now)
    return secret


def virtual_in(session: Session, area_ids: Collection[str]) -> int:
    """How many virtual stations stand in these areas."""
    query = select(func.count()).where(Station.virtual, Station.active)
    return session.scalar(query.where(Station.area_id.in_(area_ids))) or 0


def retire(session: Session, asking: Who, station_id: str, *, now: datetime) -> None:
    """Give a virtual station up; what it did stays. Raises NotFound, also for a real one."""
    station = get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    if not station.virtual:
        raise NotFound("station", station_id)
    if station.active:
        station.active = False
        audit.record(session, asking, "station.retire", "station", station_id, now=now)


def verify(session: Session, station_id: str, secret: str) -> Station | None:
    """The active station, when this is its secret (HTTP Basic on recordings)."""
    station = session.get(Station, station_id)
    if station is None or not station.active or not matches(secret, station.secret_hash):
        return None
    return station


def get(
    session: Session, asking: Who, permission: Permission, station_id: str, now: datetime
) -> Station:
    """A station that this person may see or manage. Raises NotFound."""
    station = session.get(Station, station_id)
    if station is None:
        raise NotFound("station", station_id)
    try:
        require(session, asking, permission, [station.area_id], local_day(now))
    except NotFound as error:
        raise NotFound("station", station_id) from error
    return station


def next_code(session: Session, area: Area) -> str:
    """The area's name without marks, and the next free number: `suoi-may-3`."""
    stem = re.sub(r"[^a-z0-9]+", "-", folded(area.name)).strip("-")[:CODE_LETTERS].strip("-")
    stem = stem or "loa"
    taken = set(session.scalars(select(Station.id).where(Station.id.startswith(stem + "-"))))
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _check(session: Session, id_: str, name: str) -> None:
    problems = []
    if not name or len(name) > 120:
        problems.append(Problem("name", "Tên cụm loa phải có từ 1 đến 120 ký tự."))
    if not is_topic_name(id_):
        problems.append(
            Problem("code", "Mã cụm loa chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.")
        )
    elif session.get(Station, id_) is not None:
        problems.append(Problem("code", f"Mã {id_} đã có cụm loa khác dùng."))
    if problems:
        raise Invalid(problems)
