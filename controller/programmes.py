"""Programmes: the approved bulletins that a place will hear, with their starts as series."""

from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from sqlalchemy.orm import Session

from contract.states import AiringState, Class
from controller import schedule, schedule_rows
from controller.approved import Approved, read_approved
from controller.bulletins import holidays
from controller.planning import HORIZON
from controller.schedule_rows import Row
from scheduler.recurrence import Series, series
from scheduler.rules import starts

Gone = set[tuple[str, datetime]]
"""Bulletins with the starts at which they will not be heard after all."""


class Programme(Struct, frozen=True, kw_only=True):
    """A bulletin whose release is not over."""

    bulletin_id: str
    title: str
    cls: Class
    length: timedelta
    targets: Sequence[str]
    series: list[Series]


def read(session: Session, row: Row, since: datetime, *, now: datetime) -> list[Programme]:
    """What that place will hear from `since` on, as far as it is released; no emergencies.

    Starts that were refused or cancelled are left out.
    """
    slots = schedule.read(session, since, now + HORIZON, now=now)
    over = (AiringState.REFUSED, AiringState.CANCELLED)
    gone = {(slot.bulletin_id, slot.starts_at) for slot in slots if slot.state in over}
    approved = read_approved(session, since)
    homes = schedule_rows.homes_of(session, approved)
    near = schedule_rows.touching([row], approved, homes)[row.id]
    off = holidays(session)
    found = (_programme(one, since, off, gone) for one in near)
    return [one for one in found if one.series]


def _programme(one: Approved, since: datetime, off: Container[date], gone: Gone) -> Programme:
    length = timedelta(milliseconds=one.duration_ms)
    first, last = one.released
    wanted = [
        start
        for start in starts(one.rule, max(since, first), last, off)
        if one.allows(start, start + length) and (one.bulletin_id, start) not in gone
    ]
    return Programme(
        bulletin_id=one.bulletin_id,
        title=one.title,
        cls=one.cls,
        length=length,
        targets=one.targets,
        series=series(one.rule, wanted),
    )
