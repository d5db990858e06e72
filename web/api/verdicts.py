"""Verdicts: what became of each airing on each station, the as-run log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from sqlalchemy import ColumnElement, exists, select, tuple_
from sqlalchemy.orm import Session

from contract.states import Cause, Verdict
from controller.areas import local_day
from controller.live import SAMPLES_PER_S
from controller.model import Airing, Bulletin, Station, StationVerdict
from controller.permissions import Permission, scope
from web.api.call import Call
from web.api.listing import Instant, Page, Span, after, page
from web.api.operations import get

Id = Annotated[str, Meta(min_length=1, max_length=40)]


class Ran(Struct, frozen=True, kw_only=True):
    """One airing on one station. `evidence` is the level of docs/protocol.md that proves it."""

    airing_id: str
    bulletin_id: str
    title: str
    station_id: str
    area_id: str
    verdict: Verdict
    cause: Cause | None
    planned_at: Instant
    started_at: Instant | None
    ended_at: Instant | None
    played_s: float
    total_s: float
    evidence: str | None
    decided_at: Instant | None


class Asked(Span, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which verdicts."""

    airing_id: Id | UnsetType = UNSET
    station_id: Id | UnsetType = UNSET
    verdict: Verdict | UnsetType = UNSET


@get("/verdicts", Permission.SEE_STATIONS)
def listed(call: Call, query: Asked) -> Page[Ran]:
    """The verdicts of the stations that the key reaches, by the planned start."""
    reach = scope(call.session, call.who, Permission.SEE_STATIONS, local_day(call.now))
    order = (StationVerdict.planned_at, StationVerdict.airing_id, StationVerdict.station_id)
    # "exists": a join would let the database begin with the stations and sort a year of verdicts
    seen = exists().where(Station.id == StationVerdict.station_id, Station.area_id.in_(reach))
    found = select(StationVerdict).where(*_asked(query), seen)
    if behind := after(query.cursor, tuple[datetime, str, str]):
        found = found.where(StationVerdict.planned_at >= behind[0], tuple_(*order) > behind)
    rows = call.session.scalars(found.order_by(*order).limit(query.limit + 1)).all()
    titles, areas = _named(call.session, rows)
    return page(
        rows,
        query.limit,
        lambda row: _shape(row, *titles[row.airing_id], areas[row.station_id]),
        lambda row: (row.planned_at, row.airing_id, row.station_id),
    )


def _named(
    session: Session, rows: Sequence[StationVerdict]
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """The bulletin of each airing with its title, and the area of each station."""
    airings = {row.airing_id for row in rows}
    told = (
        select(Airing.id, Bulletin.id, Bulletin.title).join(Bulletin).where(Airing.id.in_(airings))
    )
    titles = {airing: (bulletin, title) for airing, bulletin, title in session.execute(told)}
    stations = {row.station_id for row in rows}
    placed = select(Station.id, Station.area_id).where(Station.id.in_(stations))
    return titles, {id_: area for id_, area in session.execute(placed)}  # noqa: C416 - typed rows


def _asked(query: Asked) -> list[ColumnElement[bool]]:
    told = (
        (query.since, StationVerdict.planned_at >= query.since),
        (query.until, StationVerdict.planned_at < query.until),
        (query.airing_id, StationVerdict.airing_id == query.airing_id),
        (query.station_id, StationVerdict.station_id == query.station_id),
        (query.verdict, StationVerdict.verdict == query.verdict),
    )
    return [clause for value, clause in told if value is not UNSET]


def _shape(row: StationVerdict, bulletin_id: str, title: str, area_id: str) -> Ran:
    return Ran(
        airing_id=row.airing_id,
        bulletin_id=bulletin_id,
        title=title,
        station_id=row.station_id,
        area_id=area_id,
        verdict=Verdict(row.verdict),
        cause=Cause(row.cause) if row.cause else None,
        planned_at=row.planned_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        played_s=row.played_samples / SAMPLES_PER_S,
        total_s=row.total_samples / SAMPLES_PER_S,
        evidence=row.evidence,
        decided_at=row.decided_at,
    )
