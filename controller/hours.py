"""Hours: what an area decides about when its loudspeakers may sound."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract.windows import Window
from controller import audit
from controller.areas import local_day
from controller.errors import Invalid
from controller.model import AreaWindow
from controller.permissions import Permission, Who, require
from scheduler import windows


def decided(session: Session, area_id: str) -> list[Window]:
    """What this area itself decided, in order; empty: nothing."""
    query = select(AreaWindow).where(AreaWindow.area_id == area_id).order_by(AreaWindow.start)
    return [Window(row.start, row.end) for row in session.scalars(query)]


def decide(
    session: Session,
    asking: Who,
    area_id: str,
    spans: Sequence[tuple[str, str]] | None,
    *,
    now: datetime,
) -> None:
    """From now on these hours (starts and ends, HH:MM); None: whatever holds above.

    Raises NotFound, Invalid.
    """
    require(session, asking, Permission.MANAGE_AREAS, [area_id], local_day(now))
    if spans is not None and (found := list(windows.problems(spans))):
        raise Invalid(found)
    hours = windows.joined(Window(start, end) for start, end in spans or ())
    before = decided(session, area_id)
    session.execute(delete(AreaWindow).where(AreaWindow.area_id == area_id))
    for window in hours:
        session.add(AreaWindow(area_id=area_id, start=window.start, end=window.end))
    audit.record(
        session,
        asking,
        "area.hours",
        "area",
        area_id,
        now=now,
        before={"permitted_hours": _told(before)},
        after={"permitted_hours": _told(hours)},
    )


def _told(hours: Sequence[Window]) -> str:
    """A decision as the audit has it; none is one too."""
    return windows.in_words(hours) if hours else "theo cấp trên"
