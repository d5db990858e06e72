"""Standing orders: what the last stop and the last volume mean for a box of another maker."""

from base64 import b64decode
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec, messages
from contract.errors import Refusal
from contract.messages import Envelope, Sound
from contract.reports import Ack
from contract.states import OrderState
from contract.windows import open_until
from controller import delivery
from controller.model import Order, OrderDelivery, OrderKind
from controller.orders import VOLUME_VALID
from scheduler.calendar import ZONE

UNDERSTOOD = (messages.Stop, messages.Cancel, messages.SetVolume)


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
    return [(row, _payload(row)) for row in session.scalars(query)]


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
    """What it was told holds its orders; that it obeys them only it can say.

    What only a station of ours understands is refused in its name.
    """
    query = (
        select(Order)
        .join(OrderDelivery, OrderDelivery.order_id == Order.id)
        .where(OrderDelivery.station_id == station, OrderDelivery.state == OrderState.QUEUED)
    )
    acks = [_answer(order, station, now) for order in session.scalars(query)]
    if acks:
        delivery.answered(session, acks, now)


def _answer(order: Order, station: str, now: datetime) -> Ack:
    if order.kind != OrderKind.ORDER or isinstance(_payload(order).do, UNDERSTOOD):
        return Ack(station=station, of=order.id, topic="", at=now)
    return Ack(
        station=station,
        of=order.id,
        topic="",
        at=now,
        refused=Refusal.UNKNOWN_VERSION,
        detail="Thiết bị của hãng khác không làm được việc này.",
    )


def _payload(order: Order) -> messages.Order:
    envelope = codec.decode(Envelope, order.envelope)  # signed here, so it can be read
    return codec.unwrap(messages.Order, envelope.payloadType, b64decode(envelope.payload))
