"""Station list: which stations work; counted and cut in the database, a province has thousands."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import ColumnElement, String, and_, case, cast, func, not_, or_, select
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.errors import NotFound
from controller.hooks.happenings import SILENT
from controller.model import Alarm, Area, Station, StationState
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


class Watched(NamedTuple):
    """A station that somebody should look at."""

    id: str
    area_id: str
    silent: bool


def watched(session: Session, now: datetime) -> list[Watched]:
    """Those that are silent, in trouble by their own word, or with an alarm; silent ones first,
    then by place and name. Of all there are, so that those who ask may share it.
    """
    alarmed = select(Alarm.station_id).where(
        Alarm.code != SILENT, Alarm.station_id.is_not(None), Alarm.cleared_at.is_(None)
    )
    told = func.length(cast(StationState.troubles, String)) > len("null")
    silent = case((is_silent(now), 1), else_=0)
    query = (
        select(Station.id, Station.area_id, silent)
        .join(StationState, StationState.station_id == Station.id)
        .join(Area, Area.id == Station.area_id)
        .where(Station.active, or_(is_silent(now), told, Station.id.in_(alarmed)))
        .order_by(silent.desc(), Area.folded, Station.folded, Station.id)
    )
    return [Watched(id_, area, bool(mute)) for id_, area, mute in session.execute(query)]


def first(session: Session, inside: Collection[str], now: datetime, limit: int) -> list[Found]:
    """The first of the stations in these areas, the silent ones before the others, then by name."""
    query = (
        _FOUND.where(Station.active, Station.area_id.in_(inside))
        .order_by(case((is_silent(now), 0), else_=1), Area.folded, Station.folded, Station.id)
        .limit(limit)
    )
    return [(station, state, area) for station, state, area in session.execute(query)]


def these(session: Session, ids: Sequence[str]) -> list[Found]:
    """Stations in the order of their ids; those that are gone meanwhile are left out."""
    rows = session.execute(_FOUND.where(Station.id.in_(ids)))
    known = {station.id: (station, state, area) for station, state, area in rows}
    return [known[id_] for id_ in ids if id_ in known]


_FOUND = (
    select(Station, StationState, Area)
    .join(StationState, StationState.station_id == Station.id)
    .join(Area, Area.id == Station.area_id)
)


Figures = tuple[int, int, int]
"""How many stations: all, those that nobody hears, those that sound."""


def counts(session: Session, now: datetime) -> dict[str, Figures]:
    """By area that stations stand in; of all there are, so that those who ask may share it."""
    silent = func.sum(case((is_silent(now), 1), else_=0))
    sounds = func.sum(case((and_(not_(is_silent(now)), is_playing()), 1), else_=0))
    query = (
        select(Station.area_id, func.count(), silent, sounds)
        .join(StationState, StationState.station_id == Station.id)
        .where(Station.active)
        .group_by(Station.area_id)
    )
    return {area: (int(n), int(mute), int(loud)) for area, n, mute, loud in session.execute(query)}


def counted(
    session: Session, inside: Collection[str], now: datetime, known: Mapping[str, Figures]
) -> list[Counted]:
    """Each commune of these areas (or what lies in none), the one with most silence first.

    `known`: what `counts` found a moment ago.
    """
    here = [area for area in known if area in inside]
    communes = areas.communes(session, here, local_day(now))
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for area_id in here:
        summed = sums[communes[area_id]]
        summed[:] = (had + more for had, more in zip(summed, known[area_id], strict=True))
    found = [Counted(id_, name, *figures) for (id_, name), figures in sums.items()]
    return sorted(found, key=lambda one: (-one.silent, one.name))
