"""Boxes: a station that is the box of another maker is registered, and proves who it is."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from controller import audit, stations
from controller.areas import local_day
from controller.errors import Invalid
from controller.foreign.adapters import own_mqtt
from controller.foreign.profile import Profile
from controller.model import Area, BoxKind, Fact, ForeignBox, ForeignOffer, Station
from controller.permissions import Permission, Who, require
from controller.station_secret import fresh_secret, hash_secret, matches
from scheduler.problem import Problem

POLLS_S = (10, 20, 30, 60)
"""How often a box may be asked to ask; a minute is the longest that an emergency may wait."""

MOST_A_MINUTE = 30
"""Requests of one box, of every kind. Every ten seconds it asks for its programme and tells what
came of it, which is 12; the rest is for recordings and for asking again."""

DEVICE = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Way(Struct, frozen=True, kw_only=True):
    """How a new box is to be spoken with: over HTTP every `poll_s`, or as `profile` says."""

    poll_s: int = 0
    profile: Profile | None = None
    device: str = ""


class Registered(Struct, frozen=True):
    """A new box and its secret, which is shown once and not kept."""

    station: Station
    box: ForeignBox
    secret: str


def register(
    session: Session, asking: Who, area_id: str, name: str, way: Way, *, now: datetime
) -> Registered:
    """A new station that is the box of another maker. Raises NotFound, Invalid."""
    require(session, asking, Permission.MANAGE_STATIONS, [area_id], local_day(now))
    # one registration at a time: two may ask for the same topics at once. The area comes first, as
    # for whoever teaches it: else each would wait for the other
    session.get_one(Area, area_id, with_for_update=True)
    session.get_one(Fact, audit.HEAD, with_for_update=True)
    problems = list(_problems(session, way))
    if problems:
        raise Invalid(problems)
    # the secret that every station has opens the doors of ours: nobody learns this one
    station = stations.register(session, asking, area_id, name, now=now).station
    secret = fresh_secret()
    kind = BoxKind.HTTP if way.profile is None else BoxKind.MQTT
    box = ForeignBox(
        station_id=station.id,
        kind=kind,
        secret_hash=hash_secret(secret),
        device=way.device,
        profile=msgspec.to_builtins(way.profile),
        poll_s=way.poll_s,
    )
    session.add(box)
    session.flush()
    after = {"kind": kind, "profile": way.profile.name if way.profile else "", "device": way.device}
    audit.record(session, asking, "station.foreign", "station", station.id, after=after, now=now)
    return Registered(station, box, secret)


def new_secret(session: Session, asking: Who, station_id: str, *, now: datetime) -> str:
    """Another secret; the old one and its tickets are worth nothing any more. Raises NotFound."""
    stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    box = session.get_one(ForeignBox, station_id)
    secret = fresh_secret()
    box.secret_hash = hash_secret(secret)
    offers = update(ForeignOffer).where(ForeignOffer.station_id == station_id)
    session.execute(offers.values(ticket_hash=""))
    audit.record(session, asking, "station.foreign_secret", "station", station_id, now=now)
    return secret


def verify(session: Session, station_id: str, secret: str) -> ForeignBox | None:
    """The active HTTP box, when this is its secret."""
    box = session.get(ForeignBox, station_id)
    if box is None or box.kind != BoxKind.HTTP or not matches(secret, box.secret_hash):
        return None
    return box if session.get_one(Station, station_id).active else None


def may_ask(session: Session, station_id: str, now: datetime) -> bool:
    """Count a request of a box; False when it has asked too often in this minute."""
    box = session.get_one(ForeignBox, station_id, with_for_update=True)
    if box.counted_from is None or now - box.counted_from >= timedelta(minutes=1):
        box.counted_from, box.counted = now, 0
    box.counted += 1
    return box.counted <= MOST_A_MINUTE


def of_kind(session: Session, kind: BoxKind) -> Sequence[ForeignBox]:
    """The active boxes that are spoken with in one way, by station."""
    query = (
        select(ForeignBox)
        .join(Station, Station.id == ForeignBox.station_id)
        .where(Station.active, ForeignBox.kind == kind)
        .order_by(ForeignBox.station_id)
    )
    return session.scalars(query).all()


def _problems(session: Session, way: Way) -> list[Problem]:
    if way.profile is None:
        told = "Chọn thiết bị hỏi máy chủ bao lâu một lần."
        return [] if way.poll_s in POLLS_S else [Problem("poll_s", told)]
    if not DEVICE.fullmatch(way.device):
        told = "Tên thiết bị trong chủ đề MQTT gồm chữ không dấu, chữ số, gạch nối, gạch dưới."
        return [Problem("device", told)]
    if _topics(ForeignBox(profile=msgspec.to_builtins(way.profile), device=way.device)) & {
        topic for box in of_kind(session, BoxKind.MQTT) for topic in _topics(box)
    }:
        return [Problem("device", "Đã có thiết bị khác dùng những chủ đề MQTT này.")]
    return []


def _topics(box: ForeignBox) -> set[str]:
    adapter = own_mqtt(box)
    return {adapter.status_topic, *adapter.topics_read}
