"""Nearest: of what places keep for themselves and all below, what holds in one of them."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.model import AlarmTemplate, Area, NoticeTemplate

Kept = TypeVar("Kept", AlarmTemplate, NoticeTemplate)


def of_area(
    session: Session, kind: type[Kept], area_id: str, now: datetime
) -> list[tuple[Kept, str]]:
    """Rows of the area and of those above it with the name of their place, the nearest first, and
    of one place the last edited first.
    """
    line = areas.lineages(session, [area_id], local_day(now))[area_id]
    query = (
        select(kind, Area.name)
        .join(Area, Area.id == kind.area_id)
        .where(kind.area_id.in_(line))
        .order_by(kind.edited_at.desc(), kind.id)
    )
    rows = [(row, name) for row, name in session.execute(query)]
    return sorted(rows, key=lambda found: line.index(found[0].area_id))
