"""Sources: the programmes of others that a place may take over."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import RelaySource
from controller.permissions import Permission, Who, scope


def get(session: Session, asking: Who, source_id: str, *, now: datetime) -> RelaySource:
    """A source that concerns this person, in use or withdrawn. Raises NotFound."""
    row = session.get(RelaySource, source_id)
    if row is None or row.area_id not in _reach(session, asking, now):
        raise NotFound("relay source", source_id)
    return row


def listing(session: Session, asking: Who, *, now: datetime) -> list[RelaySource]:
    """The sources in use that concern this person, by name."""
    query = select(RelaySource).where(
        RelaySource.area_id.in_(_reach(session, asking, now)), RelaySource.withdrawn_at.is_(None)
    )
    return list(session.scalars(query.order_by(RelaySource.name, RelaySource.id)))


def usable(session: Session, source_id: str, area_id: str, *, now: datetime) -> RelaySource | None:
    """The source, when bulletins of this area may take it over today."""
    row = session.get(RelaySource, source_id)
    if row is None or row.withdrawn_at is not None:
        return None
    line = areas.lineages(session, [area_id], local_day(now))[area_id]
    return row if row.area_id in line else None


def _reach(session: Session, asking: Who, now: datetime) -> set[str]:
    """Where this person decides about sources, or writes; and the areas above."""
    today = local_day(now)
    permissions = (Permission.MANAGE_SOURCES, Permission.COMPOSE)
    granted = {area for permission in permissions for area in asking.areas_of(permission)}
    above = areas.lineages(session, granted, today).values()
    below = (scope(session, asking, permission, today) for permission in permissions)
    return set[str]().union(*below, *above)
