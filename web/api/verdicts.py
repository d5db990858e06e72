"""Verdicts: what became of each airing on each station, the as-run log."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from sqlalchemy import ColumnElement, select, tuple_

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
    order = (Airing.starts_at, StationVerdict.airing_id, StationVerdict.station_id)
    found = (
        select(StationVerdict, Airing, Bulletin.title, Station.area_id)
        .join(Airing, Airing.id == StationVerdict.airing_id)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .join(Station, Station.id == StationVerdict.station_id)
        .where(Station.area_id.in_(reach), *_asked(query))
    )
    if behind := after(query.cursor, tuple[datetime, str, str]):
        found = found.where(Airing.starts_at >= behind[0], tuple_(*order) > tuple_(*behind))
    rows = call.session.execute(found.order_by(*order).limit(query.limit + 1)).all()
    return page(
        rows,
        query.limit,
        lambda row: _shape(*row),
        lambda row: (row[1].starts_at, row[0].airing_id, row[0].station_id),
    )


def _asked(query: Asked) -> list[ColumnElement[bool]]:
    told = (
        (query.since, Airing.starts_at >= query.since),
        (query.until, Airing.starts_at < query.until),
        (query.airing_id, StationVerdict.airing_id == query.airing_id),
        (query.station_id, StationVerdict.station_id == query.station_id),
        (query.verdict, StationVerdict.verdict == query.verdict),
    )
    return [clause for value, clause in told if value is not UNSET]


def _shape(row: StationVerdict, airing: Airing, title: str, area_id: str) -> Ran:
    return Ran(
        airing_id=row.airing_id,
        bulletin_id=airing.bulletin_id,
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
