"""Airing list: what is due and what was on the air around now, in the places of a person."""

from datetime import datetime, timedelta

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
        select(Airing, Bulletin.title, Bulletin.relay_source)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.starts_at > now - AROUND, Airing.starts_at < now + AROUND)
        .order_by(Airing.starts_at, Airing.id)
    )
    mine = touched(session, who, now)
    rows = session.execute(query)
    lines = [_line(*row) for row in rows if not mine.isdisjoint(row[0].targets)]
    coming = [line for line in lines if line.starts_at > now and _waits(line)]
    past = [line for line in reversed(lines) if line not in coming]
    return coming[:MOST], past[:MOST]


def touched(session: Session, who: Who, now: datetime) -> set[str]:
    """The person's areas with all below them, and all above: what is aimed there sounds here."""
    granted = {*who.areas_of(Permission.SEE_BULLETINS), *who.areas_of(Permission.SEE_STATIONS)}
    today = local_day(now)
    above = areas.lineages(session, granted, today).values()
    return areas.subtrees(session, granted, today).union(*above)


def _waits(line: Line) -> bool:
    return line.state in (AiringState.PLANNED, AiringState.REFUSED)


def _line(airing: Airing, title: str, source: str) -> Line:
    return Line(
        id=airing.id,
        title=title,
        cls=airing.cls,
        state=AiringState(airing.state),
        starts_at=airing.starts_at,
        ends_at=airing.ends_at,
        targets=tuple(airing.targets),
        is_relay=bool(source),
        reason=airing.reason,
    )
