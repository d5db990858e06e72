"""Beginnings: what a place still lacks before its loudspeakers speak for the first time."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from controller.areas import local_day
from controller.model import Airing, Bulletin, Grant, Person, Role, Station
from controller.permissions import Permission, Who, scope


class Beginnings(Struct, frozen=True, kw_only=True):
    """What there is of the things without which nothing sounds."""

    writer: bool
    approver: bool
    station: bool


def of(session: Session, asking: Who, now: datetime) -> Beginnings | None:
    """In the places of an administrator; None for others, and where something has sounded."""
    if not asking.areas_of(Permission.MANAGE_PEOPLE):
        return None
    places = scope(session, asking, Permission.MANAGE_PEOPLE, local_day(now))
    sounded = select(Airing.id).join(Bulletin, Bulletin.id == Airing.bulletin_id)
    sounded = sounded.where(Airing.starts_at <= now, Bulletin.area_id.in_(places))
    if _any(session, sounded):
        return None
    return Beginnings(
        writer=_any(session, _holders(Role.OFFICER, places)),
        approver=_any(session, _holders(Role.APPROVER, places)),
        station=_any(session, select(Station.id).where(Station.area_id.in_(places))),
    )


def _holders(role: Role, places: set[str]) -> Select[str]:
    query = select(Person.id).join(Grant, Grant.person_id == Person.id)
    return query.where(Person.active, Grant.role == role, Grant.area_id.in_(places))


def _any(session: Session, query: Select[str]) -> bool:
    return session.scalars(query.limit(1)).first() is not None
