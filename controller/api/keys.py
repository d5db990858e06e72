"""Keys: made once, shown once; a program shows one with each request.

A key gives some of its maker's permissions in one area, never more than they have at that moment.
"""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct, structs, to_builtins
from sqlalchemy import and_, case, select, update
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import areas, audit, entered
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import ApiKey
from controller.permissions import Permission, Who, can, who
from scheduler.problem import Problem

PREFIX = "tt_"
"""So that scanners of leaked secrets, and people, know one when they see it."""

SECRET_BYTES = 32  # 256 bits: a plain hash of it can be kept, guessing is hopeless
NAME_LENGTH = 120  # the column's
LIVES_DAYS = (30, 90, 365)
"""How long a key may live: a trial, a campaign, a year; then somebody must want it again."""

A_MINUTE = 300
"""Requests of one key in a minute: five a second, a page of 200 rows each time."""


class Wanted(Struct, frozen=True, kw_only=True):
    """A key as it was asked for."""

    name: str
    area_id: str
    permissions: tuple[Permission, ...]
    days: int


class Made(Struct, frozen=True):
    """A new key with its secret, which is kept nowhere."""

    key: ApiKey
    secret: str


class Admitted(Struct, frozen=True):
    """Who asks by a key, and how many more requests it has until `renewed_s` have gone by."""

    who: Who
    left: int
    renewed_s: int


def offered(asking: Who) -> list[Permission]:
    """What a person can give a key: what they may do somewhere themselves."""
    return [each for each in Permission if asking.areas_of(each)]


def make(session: Session, asking: Who, wanted: Wanted, *, now: datetime) -> Made:
    """A new key. Raises Invalid with every problem, also for what its maker may not do there."""
    wanted = structs.replace(wanted, name=entered.line(wanted.name))
    if found := list(_problems(session, asking, wanted, now)):
        raise Invalid(found)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(
        id=new_id(now),
        token_hash=digest(secret),
        name=wanted.name,
        person_id=asking.person_id,
        area_id=wanted.area_id,
        permissions=sorted(wanted.permissions),
        made_at=now,
        expires_at=now + timedelta(days=wanted.days),
        minute=0,
        asked=0,
    )
    session.add(key)
    session.flush()
    facts = to_builtins(wanted)
    audit.record(session, asking, "api_key.make", "api_key", key.id, now=now, after=facts)
    return Made(key, secret)


def revoke(session: Session, asking: Who, key_id: str, *, now: datetime) -> None:
    """The key opens nothing any more; twice is once. Raises NotFound for another's."""
    key = session.get(ApiKey, key_id, with_for_update=True)
    if key is None or key.person_id != asking.person_id:
        raise NotFound("api key", key_id)
    if key.revoked_at is None:
        key.revoked_at = now
        facts = {"name": key.name}
        audit.record(session, asking, "api_key.revoke", "api_key", key_id, now=now, after=facts)


def of(session: Session, person_id: str) -> list[ApiKey]:
    """A person's keys, the newest first."""
    query = select(ApiKey).where(ApiKey.person_id == person_id)
    return list(session.scalars(query.order_by(ApiKey.id.desc())))


def admit(session: Session, secret: str, *, now: datetime) -> Admitted | None:
    """Who shows this key, counted; None when it opens nothing. `left` below 0: too many."""
    minute, second = divmod(int(now.timestamp()), 60)
    asked = case((ApiKey.minute == minute, ApiKey.asked + 1), else_=1)
    alive = and_(ApiKey.revoked_at.is_(None), ApiKey.expires_at > now)
    key = session.scalars(
        update(ApiKey)
        .where(ApiKey.token_hash == digest(secret), alive)
        .values(minute=minute, asked=asked, used_at=now)
        .returning(ApiKey)
    ).one_or_none()
    if key is None:
        return None
    try:
        asking = narrowed(session, who(session, key.person_id), key, now)
    except NotFound:  # its maker is here no more
        return None
    return Admitted(asking, A_MINUTE - key.asked, 60 - second)


def narrowed(session: Session, maker: Who, key: ApiKey, now: datetime) -> Who:
    """What of its maker's grants lies in the key's area, for the key's permissions only."""
    granted = [area_id for _, area_id in maker.grants]
    lines = areas.lineages(session, {key.area_id, *granted}, local_day(now))
    grants = [
        (role, key.area_id if area_id in lines[key.area_id] else area_id)
        for role, area_id in maker.grants
        if area_id in lines[key.area_id] or key.area_id in lines[area_id]
    ]
    only = frozenset(Permission(each) for each in key.permissions)
    return structs.replace(maker, grants=tuple(grants), only=only, key_id=key.id)


def digest(secret: str) -> str:
    """How a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _problems(session: Session, asking: Who, wanted: Wanted, now: datetime) -> Iterator[Problem]:
    if not 1 <= len(wanted.name) <= NAME_LENGTH:
        told = f"Đặt tên để biết chương trình nào dùng, tối đa {NAME_LENGTH} ký tự."
        yield Problem("name", told)
    if not wanted.permissions:
        yield Problem("permissions", "Chọn ít nhất một việc mà chương trình được làm.")
    if wanted.days not in LIVES_DAYS:
        yield Problem("days", "Chọn thời hạn của khóa.")
    today = local_day(now)
    if not all(can(session, asking, each, wanted.area_id, today) for each in wanted.permissions):
        yield Problem("permissions", "Bạn không được làm mọi việc đã chọn ở nơi này.")
