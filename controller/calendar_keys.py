"""Calendar keys: a calendar elsewhere follows a place by a secret address, until it is revoked.

A key reads the schedule of its place and nothing else, as long as its maker may see that place.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, entered
from controller.api.keys import NAME_LENGTH, SECRET_BYTES, digest
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import CalendarKey
from controller.permissions import Permission, Who, can, who
from scheduler.problem import Problem

MOST = 20
"""Living keys of one person: a telephone, a desk and a wall for several places."""

A_MINUTE = 30
"""Requests of one key in a minute; calendars ask a few times in an hour."""


class Made(Struct, frozen=True):
    """A new key with its secret, which is kept nowhere."""

    key: CalendarKey
    secret: str


class Admitted(Struct, frozen=True):
    """Who made the key, of which place it tells, and whether it asks too often."""

    who: Who
    area_id: str
    too_often: bool


def make(session: Session, asking: Who, name: str, area_id: str, *, now: datetime) -> Made:
    """A new key for a place that its maker may see. Raises Invalid."""
    name = entered.line(name)
    if found := list(_problems(session, asking, name, area_id, now)):
        raise Invalid(found)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    key = CalendarKey(
        id=new_id(now),
        token_hash=digest(secret),
        name=name,
        person_id=asking.person_id,
        area_id=area_id,
        made_at=now,
        minute=0,
        asked=0,
    )
    session.add(key)
    session.flush()
    facts = {"name": name, "area_id": area_id}
    audit.record(session, asking, "calendar_key.make", "calendar_key", key.id, now=now, after=facts)
    return Made(key, secret)


def revoke(session: Session, asking: Who, key_id: str, *, now: datetime) -> None:
    """The address leads nowhere any more; twice is once. Raises NotFound for another's."""
    key = session.get(CalendarKey, key_id, with_for_update=True)
    if key is None or key.person_id != asking.person_id:
        raise NotFound("calendar key", key_id)
    if key.revoked_at is None:
        key.revoked_at = now
        facts = {"name": key.name, "area_id": key.area_id}
        action = "calendar_key.revoke"
        audit.record(session, asking, action, "calendar_key", key_id, now=now, after=facts)


def of(session: Session, person_id: str) -> list[CalendarKey]:
    """A person's keys, the newest first."""
    query = select(CalendarKey).where(CalendarKey.person_id == person_id)
    return list(session.scalars(query.order_by(CalendarKey.id.desc())))


def admit(session: Session, secret: str, *, now: datetime) -> Admitted:
    """What this address tells of, counted.

    Raises NotFound for one that is unknown or revoked, and for one whose maker is here no more
    or may not see the place any more.
    """
    minute = int(now.timestamp()) // 60
    asked = case((CalendarKey.minute == minute, CalendarKey.asked + 1), else_=1)
    key = session.scalars(
        update(CalendarKey)
        .where(CalendarKey.token_hash == digest(secret), CalendarKey.revoked_at.is_(None))
        .values(minute=minute, asked=asked, used_at=now)
        .returning(CalendarKey)
    ).one_or_none()
    if key is None:
        raise NotFound("calendar key", "")
    maker = who(session, key.person_id)
    if not can(session, maker, Permission.SEE_STATIONS, key.area_id, local_day(now)):
        raise NotFound("calendar key", key.id)
    return Admitted(maker, key.area_id, key.asked > A_MINUTE)


def _problems(
    session: Session, asking: Who, name: str, area_id: str, now: datetime
) -> Iterator[Problem]:
    if not 1 <= len(name) <= NAME_LENGTH:
        told = f"Đặt tên để biết lịch ở máy nào, tối đa {NAME_LENGTH} ký tự."
        yield Problem("name", told)
    if not can(session, asking, Permission.SEE_STATIONS, area_id, local_day(now)):
        yield Problem("area", "Chọn một nơi trong địa bàn của bạn.")
    alive = CalendarKey.person_id == asking.person_id, CalendarKey.revoked_at.is_(None)
    if (session.scalar(select(func.count()).where(*alive)) or 0) >= MOST:
        yield Problem("name", f"Mỗi người có tối đa {MOST} địa chỉ: thu hồi địa chỉ không dùng.")
