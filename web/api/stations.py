"""Stations: loudspeaker clusters, and what they last said about themselves."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from controller import self_tests
from controller import stations as use_cases
from controller.areas import local_day
from controller.model import Station as Row
from controller.model import StationState
from controller.permissions import Permission, scope
from controller.station_list import SILENT_AFTER
from web.api.call import Call
from web.api.listing import Instant, Listing, Page, after, page
from web.api.operations import get, post
from web.api.orders import Order, shape_of_order
from web.parts import parts


class Station(Struct, frozen=True, kw_only=True):
    """A cluster. It is `online` when it was heard in the last two minutes.

    `on_air` is the airing that it says it plays; docs/protocol.md explains its `troubles`.
    """

    id: str
    name: str
    area_id: str
    online: bool
    seen_at: Instant | None
    on_air: str | None
    volume: int | None
    agent: str
    free_bytes: int | None
    troubles: list[str]


@get("/stations", Permission.SEE_STATIONS)
def listed(call: Call, query: Listing) -> Page[Station]:
    """The stations that the key reaches, by their codes."""
    reach = scope(call.session, call.who, Permission.SEE_STATIONS, local_day(call.now))
    rows = call.session.execute(
        select(Row, StationState)
        .join(StationState, StationState.station_id == Row.id)
        .where(Row.active, Row.area_id.in_(reach), Row.id > (after(query.cursor, str) or ""))
        .order_by(Row.id)
        .limit(query.limit + 1)
    ).all()
    return page(rows, query.limit, lambda row: _shape(*row, call.now), lambda row: row[0].id)


@get("/stations/<station_id>", Permission.SEE_STATIONS)
def one(call: Call, station_id: str) -> Station:
    """One station."""
    row = use_cases.get(call.session, call.who, Permission.SEE_STATIONS, station_id, call.now)
    return _shape(row, call.session.get_one(StationState, station_id), call.now)


@post("/stations/<station_id>/self-test", Permission.MANAGE_STATIONS)
def self_test(call: Call, station_id: str) -> Order:
    """Have the station sound its quiet tone; its answer is on the page of the station."""
    order = self_tests.ask(call.session, call.who, station_id, signer=parts().signer, now=call.now)
    return shape_of_order(order)


def _shape(row: Row, state: StationState, now: datetime) -> Station:
    heard = state.seen_at is not None and now - state.seen_at < SILENT_AFTER
    return Station(
        id=row.id,
        name=row.name,
        area_id=row.area_id,
        online=state.online and heard,
        seen_at=state.seen_at,
        on_air=(state.on_air or {}).get("airing"),
        volume=state.volume,
        agent=state.agent,
        free_bytes=state.free_bytes,
        troubles=list(state.troubles or []),
    )
