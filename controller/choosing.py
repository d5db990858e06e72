"""Choosing: which places choose for themselves among the normal bulletins from above."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from controller import audit
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Area, AreaKind
from controller.permissions import Permission, Who, scope


def places(session: Session, asking: Who, now: datetime) -> list[Area]:
    """The places about which this person decides that, by name. Raises NotFound for none.

    Not provinces, which nothing stands above, and not hamlets, which have no office, unless one
    chooses already: it was a commune.
    """
    inside = scope(session, asking, Permission.MANAGE_AREAS, local_day(now))
    offices = Area.kind.not_in((AreaKind.PROVINCE, AreaKind.HAMLET))
    query = select(Area).where(Area.id.in_(inside), or_(offices, Area.inbox))
    found = list(session.scalars(query.order_by(Area.folded, Area.id)))
    if not found:
        raise NotFound("areas", asking.person_id)
    return found


def decide(session: Session, asking: Who, chosen: Collection[str], *, now: datetime) -> int:
    """Let these of `places` choose, and no others; how many were changed."""
    changed = [each for each in places(session, asking, now) if each.inbox != (each.id in chosen)]
    for area in changed:
        area.inbox = not area.inbox
        audit.record(
            session,
            asking,
            "area.inbox",
            "area",
            area.id,
            now=now,
            before={"inbox": not area.inbox},
            after={"inbox": area.inbox},
        )
    return len(changed)
