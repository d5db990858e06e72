"""Standing orders: what the last stop and the last volume mean for a box of another maker."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct, structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec, messages
from contract.errors import Refusal
from contract.messages import Envelope, Sound
from contract.reports import Ack
from contract.states import OrderState
from contract.windows import open_until
from controller import delivery
from controller.foreign.adapters import adapter_of
from controller.foreign.ports import ForeignStations, Offer
from controller.model import BoxKind, ForeignBox, Order, OrderDelivery, OrderKind
from controller.orders import VOLUME_VALID
from scheduler.calendar import ZONE

NOTHING_TO_STOP = (
    "Theo máy chủ, thiết bị không còn lượt phát nào để dừng. Nếu loa vẫn kêu, hãy tắt tại chỗ."
)
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


def waiting(session: Session, kind: BoxKind) -> dict[str, list[Order]]:
    """By box of this kind, the orders that it has not been told and can be told now."""
    query = (
        select(ForeignBox, Order)
        .join(OrderDelivery, OrderDelivery.station_id == ForeignBox.station_id)
        .join(Order, Order.id == OrderDelivery.order_id)
        .where(OrderDelivery.state == OrderState.QUEUED, ForeignBox.kind == kind)
    )
    found: dict[str, list[Order]] = defaultdict(list)
    for box, order in session.execute(query):
        nothing = Offer(station=box.station_id, now=order.made_at)
        if _answer(order, nothing, adapter_of(box)) is not None:
            found[box.station_id].append(order)
    return found


def wait(session: Session, station: str) -> bool:
    """Whether an order waits for this box."""
    query = select(OrderDelivery).where(
        OrderDelivery.station_id == station, OrderDelivery.state == OrderState.QUEUED
    )
    return session.scalars(query.limit(1)).first() is not None


def is_stop(order: Order) -> bool:
    """Whether it ends what sounds, whatever that is."""
    return order.kind == OrderKind.ORDER and isinstance(_payload(order).do, messages.Stop)


def handed_over(session: Session, box: ForeignBox, offer: Offer) -> None:
    """What it was told holds its orders; that it obeys them only it can say.

    What only a station of ours understands is refused in its name, and what was not sent waits.
    """
    query = (
        select(Order)
        .join(OrderDelivery, OrderDelivery.order_id == Order.id)
        .where(OrderDelivery.station_id == box.station_id, OrderDelivery.state == OrderState.QUEUED)
    )
    adapter = adapter_of(box)
    acks = [_answer(order, offer, adapter) for order in session.scalars(query)]
    if any(acks):
        delivery.answered(session, [ack for ack in acks if ack is not None], offer.now)


def _answer(order: Order, offer: Offer, adapter: ForeignStations) -> Ack | None:
    """What this offer means for the order; None: it still waits. Pure."""
    ack = Ack(station=offer.station, of=order.id, topic="", at=offer.now)
    do = _payload(order).do if order.kind == OrderKind.ORDER else None
    takes = adapter.takes_volume(offer) if isinstance(do, messages.SetVolume) else True
    if takes is None:
        return None
    if takes and isinstance(do, UNDERSTOOD):
        told = "" if offer.gone or isinstance(do, messages.SetVolume) else NOTHING_TO_STOP
        return structs.replace(ack, detail=told)
    if do is None:
        given = {*offer.given, *(slot.airing for slot in offer.slots)}
        is_sent = order.kind != OrderKind.EMERGENCY or order.airing_id in given
        return ack if is_sent else None
    detail = "Thiết bị của hãng khác không làm được việc này."
    return structs.replace(ack, refused=Refusal.UNKNOWN_VERSION, detail=detail)


def _payload(order: Order) -> messages.Order:
    envelope = codec.decode(Envelope, order.envelope)  # signed here, so it can be read
    return codec.unwrap(messages.Order, envelope.payloadType, b64decode(envelope.payload))
