"""Orders: what was signed for stations that cannot wait for a plan, and how far it came."""

from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import ColumnElement, Select, select

from contract.states import OrderState
from controller import orders
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Order as Row
from controller.model import OrderDelivery, OrderKind, Station
from controller.permissions import Permission, scope
from web.api.call import Call
from web.api.listing import Instant, Listing, Page, after, page
from web.api.operations import get, post
from web.parts import parts

Places = Annotated[list[str], Meta(min_length=1, max_length=200)]


class Order(Struct, frozen=True, kw_only=True):
    """A signed order to stations, or to all stations of areas (`audience`)."""

    id: str
    kind: OrderKind
    airing_id: str | None
    audience: list[str]
    made_at: Instant
    expires_at: Instant


class Delivery(Struct, frozen=True, kw_only=True):
    """Where an order stands with one station."""

    station_id: str
    state: OrderState
    at: Instant
    detail: str


class Stop(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which stations, or areas with all below them, are to be silent."""

    audience: Places


@get("/orders", Permission.SEE_STATIONS)
def listed(call: Call, query: Listing) -> Page[Order]:
    """The orders to stations that the key reaches, the newest first."""
    mine = select(OrderDelivery.order_id).join(Station).where(_reached(call))
    found = select(Row).where(Row.id.in_(mine))
    if behind := after(query.cursor, str):
        found = found.where(Row.id < behind)
    rows = call.session.scalars(found.order_by(Row.id.desc()).limit(query.limit + 1)).all()
    return page(rows, query.limit, shape_of_order, lambda row: row.id)


@get("/orders/<order_id>/deliveries", Permission.SEE_STATIONS)
def deliveries(call: Call, order_id: str, query: Listing) -> Page[Delivery]:
    """How an order stands with each station that the key reaches."""
    of_order = _deliveries(call, order_id)
    if call.session.scalars(of_order.limit(1)).first() is None:
        raise NotFound("order", order_id)
    behind = after(query.cursor, str) or ""
    rows = call.session.scalars(
        of_order.where(OrderDelivery.station_id > behind)
        .order_by(OrderDelivery.station_id)
        .limit(query.limit + 1)
    ).all()
    return page(rows, query.limit, _delivery, lambda row: row.station_id)


@post("/orders/stop", Permission.STOP)
def stop(call: Call, body: Stop) -> Order:
    """Silence these stations now, whatever sounds there."""
    order = orders.stop(call.session, call.who, body.audience, signer=parts().signer, now=call.now)
    return shape_of_order(order)


def shape_of_order(row: Row) -> Order:
    """As programs are told of it."""
    return Order(
        id=row.id,
        kind=OrderKind(row.kind),
        airing_id=row.airing_id,
        audience=list(row.audience),
        made_at=row.made_at,
        expires_at=row.expires_at,
    )


def _reached(call: Call) -> ColumnElement[bool]:
    reach = scope(call.session, call.who, Permission.SEE_STATIONS, local_day(call.now))
    return Station.area_id.in_(reach)


def _deliveries(call: Call, order_id: str) -> Select[OrderDelivery]:
    return (
        select(OrderDelivery)
        .join(Station, Station.id == OrderDelivery.station_id)
        .where(OrderDelivery.order_id == order_id, _reached(call))
    )


def _delivery(row: OrderDelivery) -> Delivery:
    state = OrderState(row.state)
    return Delivery(station_id=row.station_id, state=state, at=row.at, detail=row.detail)
