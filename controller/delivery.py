"""Delivery: where each order stands with each station that it speaks to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Refusal
from contract.messages import Signed
from contract.reports import Ack
from contract.states import ORDER_MOVES, OrderState, move
from contract.telling import REFUSED
from controller import outbox
from controller.alarms import sound_alarm
from controller.fleet import Fleet
from controller.model import Order, OrderDelivery, OrderKind
from controller.outbox import Kind
from controller.ports import Signer
from controller.upsert import insert

BY_ITS_CLOCK = frozenset({Refusal.NOT_YET_VALID, Refusal.EXPIRED, Refusal.CLOCK_UNSURE})
"""A station that refuses for these may have a wrong clock: what is still valid by ours is sent
again, and is obeyed as soon as the clock is put right."""


def order_row(
    payload: Signed, kind: OrderKind, made_by: str, airing_id: str | None, signer: Signer
) -> Order:
    """The row that keeps a signed payload; `made_by` is a person's id."""
    return Order(
        id=payload.id,
        kind=kind,
        airing_id=airing_id,
        audience=list(payload.aud),
        made_by=made_by,
        made_at=payload.iat,
        expires_at=payload.exp,
        envelope=codec.encode(signer.sign(payload)),
    )


def deliver(session: Session, order: Order, fleet: Fleet, now: datetime) -> None:
    """Keep the order and expect an answer of each station that it speaks to now."""
    session.add(order)
    session.flush()
    rows = [
        {"order_id": order.id, "station_id": station, "state": OrderState.QUEUED, "at": now}
        for station in sorted(fleet.under(order.audience))
    ]
    if rows:
        session.execute(insert(session, OrderDelivery), rows)


def answered(session: Session, acks: Sequence[Ack], now: datetime) -> None:
    """Stations obeyed orders or refused them. The first answer counts; strangers' do not."""
    by_order = defaultdict(list)
    for ack in acks:
        by_order[ack.of].append(ack)
    orders = select(Order).where(Order.id.in_(by_order)).order_by(Order.id)
    for order in session.scalars(orders).all():
        rows = _locked(session, order, by_order[order.id])
        for ack in by_order[order.id]:
            row = rows.get(ack.station)
            if row is not None and row.state == OrderState.QUEUED:
                _answer(session, row, ack, now)
        session.flush()
        _settle_done(session, order)


def expire(session: Session, now: datetime) -> None:
    """Deliveries whose order is no longer valid have expired, and nothing is sent any more."""
    over = select(Order.id).where(Order.expires_at <= now)
    session.execute(
        update(OrderDelivery)
        .where(OrderDelivery.state == OrderState.QUEUED, OrderDelivery.order_id.in_(over))
        .values(state=move(ORDER_MOVES, OrderState.QUEUED, OrderState.EXPIRED), at=now)
    )
    outbox.expire(session, now)


def keys(order: Order) -> list[str]:
    """The outbox keys of an order; an all-clear takes the place of its emergency."""
    if order.kind == OrderKind.ORDER:
        return [outbox.key(Kind.ORDER, order.id, name) for name in order.audience]
    return [outbox.key(Kind.EMERGENCY, order.airing_id or "", name) for name in order.audience]


def _locked(session: Session, order: Order, acks: Iterable[Ack]) -> dict[str, OrderDelivery]:
    """By station, where the order stands with those that answer, as it is now."""
    query = (
        select(OrderDelivery)
        .where(
            OrderDelivery.order_id == order.id,
            OrderDelivery.station_id.in_({ack.station for ack in acks}),
        )
        .order_by(OrderDelivery.station_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.station_id: row for row in session.scalars(query)}


def _answer(session: Session, row: OrderDelivery, ack: Ack, now: datetime) -> None:
    row.at, row.detail = now, f"{ack.refused or ''} {ack.detail}".strip()[:400]
    if ack.refused is not None:
        told = f"Cụm loa từ chối lệnh: {REFUSED[ack.refused]}. {ack.detail}"
        sound_alarm(session, "order_refused", told, now, ack.station)
    if ack.refused not in BY_ITS_CLOCK:
        new = OrderState.ACCEPTED if ack.refused is None else OrderState.REFUSED
        row.state = move(ORDER_MOVES, OrderState(row.state), new)


def _settle_done(session: Session, order: Order) -> None:
    """An order that every station has answered is not sent any more."""
    waiting = select(OrderDelivery).where(
        OrderDelivery.order_id == order.id, OrderDelivery.state == OrderState.QUEUED
    )
    if session.scalars(waiting.limit(1)).first() is None and not _is_replaced(session, order):
        outbox.settle(session, keys(order))


def _is_replaced(session: Session, order: Order) -> bool:
    """Whether an all-clear now stands where this emergency stood."""
    if order.kind != OrderKind.EMERGENCY:
        return False
    cleared = select(Order.id).where(
        Order.airing_id == order.airing_id, Order.kind == OrderKind.ALL_CLEAR
    )
    return session.scalars(cleared.limit(1)).first() is not None
