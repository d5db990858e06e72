"""Station list: which stations work; counted and cut in the database, a province has thousands."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, String, and_, case, cast, func, not_, or_, select
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Area, Station, StationState
from controller.permissions import Permission, Who, scope

SILENT_AFTER = timedelta(minutes=2)
"""Four beats of 30 s missed: the last will may not have come, but nothing is heard."""

Found = tuple[Station, StationState, Area]


class Counted(Struct, frozen=True):
    """A place with how many stations it has, of how many nobody hears, and how many sound."""

    id: str
    name: str
    whole: int
    silent: int
    sounding: int


def within(session: Session, asking: Who, place: str, now: datetime) -> set[str]:
    """The areas in which this person sees stations, or those of them below a place.

    Raises NotFound for a place out of reach.
    """
    on = local_day(now)
    visible = scope(session, asking, Permission.SEE_STATIONS, on)
    if not place:
        return set(visible)
    if place not in visible:
        raise NotFound("area", place)
    return visible & areas.subtrees(session, [place], on)


def is_silent(now: datetime) -> ColumnElement[bool]:
    """Whether a station was never heard of, said good-bye, or has missed its beats."""
    heard = and_(StationState.online, StationState.seen_at > now - SILENT_AFTER)
    return or_(StationState.seen_at.is_(None), not_(heard))


def is_playing() -> ColumnElement[bool]:
    """Whether it last said that something is on its air."""
    return and_(StationState.on_air.is_not(None), cast(StationState.on_air, String) != "null")


def some(
    session: Session,
    inside: Collection[str],
    now: datetime,
    *,
    limit: int,
    only: ColumnElement[bool] | None = None,
) -> list[Found]:
    """The first of the stations in these areas, the silent ones before the others, then by name."""
    silent = is_silent(now)
    query = (
        select(Station, StationState, Area)
        .join(StationState, StationState.station_id == Station.id)
        .join(Area, Area.id == Station.area_id)
        .where(Station.active, Station.area_id.in_(inside), *([] if only is None else [only]))
        .order_by(case((silent, 0), else_=1), Area.folded, Station.folded, Station.id)
        .limit(limit)
    )
    return [(station, state, area) for station, state, area in session.execute(query)]


def troubled(now: datetime, alarmed: Collection[str]) -> ColumnElement[bool]:
    """Whether somebody should look: silent, in trouble by its own word, or with an alarm."""
    told = func.length(cast(StationState.troubles, String)) > len("null")
    return or_(is_silent(now), told, Station.id.in_(alarmed))


def counted(session: Session, inside: Collection[str], now: datetime) -> list[Counted]:
    """Each commune of these areas (or what lies in none), the one with most silence first."""
    silent = func.sum(case((is_silent(now), 1), else_=0))
    sounds = func.sum(case((and_(not_(is_silent(now)), is_playing()), 1), else_=0))
    query = (
        select(Station.area_id, func.count(), silent, sounds)
        .join(StationState, StationState.station_id == Station.id)
        .where(Station.active, Station.area_id.in_(inside))
        .group_by(Station.area_id)
    )
    rows = session.execute(query).all()
    communes = areas.communes(session, [row[0] for row in rows], local_day(now))
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for area_id, *figures in rows:
        summed = sums[communes[area_id]]
        summed[:] = (had + int(more) for had, more in zip(summed, figures, strict=True))
    found = [Counted(id_, name, *figures) for (id_, name), figures in sums.items()]
    return sorted(found, key=lambda one: (-one.silent, one.name))
