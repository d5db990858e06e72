"""Airing list: what is due and what was on the air around now, in the places of a person."""

from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState
from controller import areas
from controller.areas import local_day
from controller.model import Airing, Bulletin
from controller.permissions import Permission, Who

AROUND = timedelta(hours=24)
"""How far back and ahead the page looks: since yesterday's slot, until tomorrow's."""

MOST = 200  # lines; a province with more looks at one commune at a time


class Line(Struct, frozen=True, kw_only=True):
    """One airing in the list."""

    id: str
    title: str
    cls: int
    state: AiringState
    starts_at: datetime
    ends_at: datetime
    targets: tuple[str, ...]
    is_relay: bool
    reason: str


def around(session: Session, who: Who, now: datetime) -> tuple[list[Line], list[Line]]:
    """What is still to come, the next first; and what has begun or is over, the latest first."""
    query = (
        select(*_COLUMNS)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.starts_at > now - AROUND, Airing.starts_at < now + AROUND)
        .order_by(Airing.starts_at, Airing.id)
    )
    mine = touched(session, who, now)
    rows = (_Row(*row) for row in session.execute(query))
    lines = [_line(row) for row in rows if not mine.isdisjoint(row.targets)]
    coming = [line for line in lines if line.starts_at > now and _waits(line)]
    past = [line for line in reversed(lines) if not (line.starts_at > now and _waits(line))]
    return coming[:MOST], past[:MOST]


def touched(session: Session, who: Who, now: datetime) -> set[str]:
    """The person's areas with all below them, and all above: what is aimed there sounds here."""
    granted = {*who.areas_of(Permission.SEE_BULLETINS), *who.areas_of(Permission.SEE_STATIONS)}
    today = local_day(now)
    above = areas.lineages(session, granted, today).values()
    return areas.subtrees(session, granted, today).union(*above)


def _waits(line: Line) -> bool:
    return line.state in (AiringState.PLANNED, AiringState.REFUSED)


class _Row(NamedTuple):
    """What is read of an airing and its bulletin."""

    id: str
    title: str
    cls: int
    state: str
    starts_at: datetime
    ends_at: datetime
    targets: list[str]
    relay_source: str | None
    reason: str


_COLUMNS = (
    Airing.id,
    Bulletin.title,
    Airing.cls,
    Airing.state,
    Airing.starts_at,
    Airing.ends_at,
    Airing.targets,
    Bulletin.relay_source,
    Airing.reason,
)


def _line(row: _Row) -> Line:
    return Line(
        id=row.id,
        title=row.title,
        cls=row.cls,
        state=AiringState(row.state),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        targets=tuple(row.targets),
        is_relay=bool(row.relay_source),
        reason=row.reason,
    )
