"""Uptime: how much of a period stations were connected, and when they were not.

Time in which the server itself was away counts neither way: nobody knows.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.model import ServerGap, Station, StationGap, StationState
from controller.permissions import Who
from controller.report import reach
from controller.spans import NOTHING, Span, cut, joined, length, without
from controller.station_list import SILENT_AFTER

MOST_OUTAGES = 100


class Line(Struct, kw_only=True):
    """A commune or a station: how long it was watched, and how much of that nobody heard it."""

    id: str
    name: str
    stations: int = 0
    never: int = 0  # stations that never said a word: not in the times
    watched: timedelta = timedelta()
    away: timedelta = timedelta()

    @property
    def share(self) -> float | None:
        """Connected of watched time, 0 to 1; None when nothing was watched."""
        return 1 - self.away / self.watched if self.watched else None

    def add(self, watched: timedelta, away: timedelta) -> None:
        """Count one station more."""
        self.stations += 1
        self.watched += watched
        self.away += away


class Outage(Struct, frozen=True):
    """One station that was away; `open` when it still is."""

    station: str
    name: str
    since: datetime
    until: datetime
    open: bool


class Uptime(Struct, frozen=True, kw_only=True):
    """`places`: least connected first; `stations` and `outages` of one commune, else empty."""

    total: Line
    places: list[Line]
    stations: list[Line]
    outages: list[Outage]
    unknown: timedelta  # for so long the server was away


def read(
    session: Session, asking: Who, since: datetime, until: datetime, area: str, *, now: datetime
) -> Uptime:
    """Of the places whose stations this person may see. Raises NotFound where there is none."""
    inside = reach(session, asking, area, now=now)
    whole = (since, min(until, now))
    unknown = _server_away(session, whole)
    found = _stations(session, inside)
    gaps = _gaps(session, found, whole, now)
    communes = areas.communes(session, {one.area_id for one in found}, local_day(now))
    always = length(without(cut([whole], whole), unknown))
    total, lines = Line(id="", name=""), []
    places: dict[str, Line] = {}
    for station in found:
        id_, name = communes[station.area_id]
        place = places.setdefault(id_, Line(id=id_, name=name))
        if station.seen_at is None:
            place.never += 1
            total.never += 1
            continue
        line = Line(id=station.id, name=station.name)
        watched = always
        if station.created_at > since:
            watched = length(without(cut([(station.created_at, whole[1])], whole), unknown))
        mute = gaps.get(station.id)
        away = length(without(cut(mute, whole), unknown)) if mute else NOTHING
        for each in (line, place, total):
            each.add(watched, away)
        lines.append(line)
    one = len(places) == 1
    return Uptime(
        total=total,
        places=sorted(places.values(), key=_least_first),
        stations=sorted(lines, key=_least_first) if one else [],
        outages=_outages(lines, gaps, unknown, whole, now) if one else [],
        unknown=length(unknown),
    )


def _least_first(line: Line) -> tuple[float, str]:
    return (2.0 if line.share is None else line.share), line.name


class _Known(NamedTuple):
    """What is asked of each of ten thousand stations."""

    id: str
    name: str
    area_id: str
    created_at: datetime
    seen_at: datetime | None
    online: bool


def _stations(session: Session, inside: Collection[str]) -> list[_Known]:
    state = StationState
    query = (
        select(
            *(Station.id, Station.name, Station.area_id, Station.created_at),
            *(state.seen_at, state.online),
        )
        .join(StationState, StationState.station_id == Station.id)
        .where(Station.active, Station.area_id.concat("").in_(inside))
        .order_by(Station.folded, Station.id)
    )
    return [_Known(*row) for row in session.execute(query)]


def _gaps(
    session: Session, found: Collection[_Known], whole: Span, now: datetime
) -> Mapping[str, list[Span]]:
    """By station, apart and in order; what lasts reaches until now."""
    query = select(StationGap).where(
        StationGap.since < whole[1],
        or_(StationGap.until.is_(None), StationGap.until > whole[0]),
    )
    spans: dict[str, list[Span]] = defaultdict(list)
    for gap in session.scalars(query):
        spans[gap.station_id].append((gap.since, gap.until or now))
    for one in found:
        if one.seen_at and one.online and one.seen_at < now - SILENT_AFTER:
            spans[one.id].append((one.seen_at, now))
    return {station: joined(some) for station, some in spans.items()}


def _server_away(session: Session, whole: Span) -> list[Span]:
    query = select(ServerGap).where(ServerGap.since < whole[1], ServerGap.until > whole[0])
    return cut(((gap.since, gap.until) for gap in session.scalars(query)), whole)


def _outages(
    lines: Collection[Line],
    gaps: Mapping[str, list[Span]],
    unknown: list[Span],
    whole: Span,
    now: datetime,
) -> list[Outage]:
    """The latest first."""
    found = [
        Outage(line.id, line.name, since, until, until == now)
        for line in lines
        for since, until in without(cut(gaps.get(line.id, ()), whole), unknown)
    ]
    return sorted(found, key=lambda one: (one.since, one.name), reverse=True)[:MOST_OUTAGES]
