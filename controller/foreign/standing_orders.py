"""Standing orders: what the last stop and the last volume mean for a box of another maker."""

from base64 import b64decode
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec, messages
from contract.messages import Envelope, Sound
from contract.reports import Ack
from contract.states import OrderState
from contract.windows import open_until
from controller import delivery
from controller.model import Order, OrderDelivery, OrderKind
from controller.orders import VOLUME_VALID
from scheduler.calendar import ZONE


class Standing(Struct, frozen=True):
    """When a person last stopped a box, and the volume that one last asked for."""

    stopped_at: datetime | None = None
    volume: int | None = None


def read_orders(session: Session, now: datetime) -> list[tuple[Order, messages.Order]]:
    """The orders of the last day, the oldest first."""
    query = (
        select(Order)
        .where(Order.kind == OrderKind.ORDER, Order.made_at > now - VOLUME_VALID)
        .order_by(Order.made_at, Order.id)
    )
    found = []
    for row in session.scalars(query):
        envelope = codec.decode(Envelope, row.envelope)  # signed here, so it can be read
        body = b64decode(envelope.payload)
        found.append((row, codec.unwrap(messages.Order, envelope.payloadType, body)))
    return found


def standing(orders: Iterable[tuple[Order, messages.Order]], names: Collection[str]) -> Standing:
    """What orders mean for the station that lies in `names`. Pure."""
    stopped_at, volume = None, None
    for row, payload in orders:
        if not set(row.audience) & set(names):
            continue
        match payload.do:
            case messages.Stop():
                stopped_at = row.made_at
            case messages.SetVolume(percent=percent):
                volume = percent
    return Standing(stopped_at, volume)


def volume(sound: Sound, ordered: int | None, now: datetime) -> int | None:
    """How loud a box is to be for what is no emergency; None: as it is set itself. Pure."""
    soon = now + timedelta(minutes=1)
    hours = [h.percent for h in sound.hours if open_until([h.hours], now, soon, ZONE) > now]
    wanted = next((v for v in (ordered, *hours, sound.volume) if v is not None), None)
    return None if wanted is None else min(wanted, sound.maximum)


def handed_over(session: Session, station: str, now: datetime) -> None:
    """Its orders have been obeyed by what it was told; that it obeys them only it can say."""
    query = select(OrderDelivery.order_id).where(
        OrderDelivery.station_id == station, OrderDelivery.state == OrderState.QUEUED
    )
    acks = [Ack(station=station, of=id_, topic="", at=now) for id_ in session.scalars(query)]
    if acks:
        delivery.answered(session, acks, now)
