"""Airing list: what is due and what was on the air around now, in the places of a person."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contract.states import AiringState
from controller import areas
from controller.areas import local_day
from controller.model import Airing, Bulletin
from controller.permissions import Permission, Who

AROUND = timedelta(hours=24)
"""How far back and ahead the page looks: since yesterday's slot, until tomorrow's."""

MOST = 200  # lines; a province with more looks at one commune at a time


_WAITING = (AiringState.PLANNED, AiringState.REFUSED)
_AT_ONCE = 50  # rows: most of them are on the page


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


def around(
    session: Session, who: Who, now: datetime, most: int = MOST
) -> tuple[list[Line], list[Line]]:
    """What is still to come, the next first; and what has begun or is over, the latest first.

    At most so many of each; a province has hundreds, of which few are shown.
    """
    mine = touched(session, who, now)
    found = (
        select(*_COLUMNS)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.starts_at > now - AROUND, Airing.starts_at < now + AROUND)
        .execution_options(yield_per=_AT_ONCE)
    )
    waits = (Airing.starts_at > now) & Airing.state.in_(_WAITING)
    coming = found.where(waits).order_by(Airing.starts_at, Airing.id)
    past = found.where(~waits).order_by(Airing.starts_at.desc(), Airing.id.desc())
    return _first(session, coming, mine, most), _first(session, past, mine, most)


def _first(
    session: Session, query: Select[*tuple[Any, ...]], mine: set[str], most: int
) -> list[Line]:
    with session.execute(query) as result:
        rows = (_Row(*row) for row in result)
        here = (_line(row) for row in rows if not mine.isdisjoint(row.targets))
        return list(islice(here, most))


def touched(session: Session, who: Who, now: datetime) -> set[str]:
    """The person's areas with all below them, and all above: what is aimed there sounds here."""
    granted = {*who.areas_of(Permission.SEE_BULLETINS), *who.areas_of(Permission.SEE_STATIONS)}
    today = local_day(now)
    above = areas.lineages(session, granted, today).values()
    return areas.subtrees(session, granted, today).union(*above)


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
