"""Following: boxes that are told by MQTT are told to play and to stop when the moment comes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import outbox
from controller.foreign import offers, standing_orders, tickets
from controller.foreign.adapters import own_mqtt
from controller.foreign.boxes import of_kind
from controller.foreign.due import read_due
from controller.foreign.ports import Offer
from controller.foreign.profile import LONGEST_LEAD
from controller.foreign.slots import LATE_LIMIT
from controller.model import BoxKind, ForeignBox, ForeignOffer, Order
from controller.outbox import Kind, Message
from controller.store import Store

CHORE = "foreign"


class Following:
    """A chore: looks often, and writes only when there is something to tell."""

    def __init__(self, store: Store, address: str) -> None:
        """`address` is where boxes find the web server."""
        self._store, self._address = store, address

    def __call__(self, now: datetime) -> bool:
        """Put what boxes must be told on the outbox; never more to do at once."""
        with self._store.reading() as session:
            waiting = bool(_to_tell(session, now))
        if waiting:
            with self._store.writing() as session:
                for box, offer in _to_tell(session, now):
                    self._tell(session, box, offer)
        return False

    def _tell(self, session: Session, box: ForeignBox, offer: Offer) -> None:
        made = {airing: tickets.fresh_ticket() for airing in offer.fresh}
        urls = {
            airing: f"{self._address}/{tickets.PATH.format(ticket=ticket)}"
            for airing, ticket in made.items()
        }
        offers.give(session, offer, {one: tickets.digest(made[one]) for one in made})
        told = own_mqtt(box).tell(structs.replace(offer, urls=urls))
        messages = [
            Message(
                key=outbox.key(
                    Kind.FOREIGN, box.station_id, f"{offer.now.timestamp():.3f}", f"{n:03}"
                ),
                topic=one.place,
                payload=one.payload,
                retained=False,
                expires_at=one.until,
            )
            for n, one in enumerate(told)
        ]
        outbox.put(session, messages, offer.now)


def _to_tell(session: Session, now: datetime) -> list[tuple[ForeignBox, Offer]]:
    """The boxes for which something has changed, and those with an order that waits."""
    waiting = standing_orders.waiting(session, BoxKind.MQTT)
    if not waiting and not _is_anything_due(session, now):
        return []
    boxes = of_kind(session, BoxKind.MQTT)
    scene = offers.read_scene(session, boxes, now)
    found = [(box, offers.offer(box, scene)) for box in boxes]
    found = [(box, _stopped(session, offer, waiting)) for box, offer in found]
    return [
        (box, offer)
        for box, offer in found
        if offer.fresh or offer.gone or box.station_id in waiting
    ]


def _stopped(session: Session, offer: Offer, waiting: Mapping[str, Sequence[Order]]) -> Offer:
    """A stop is told also when all that was given should be over."""
    if offer.gone or not any(map(standing_orders.is_stop, waiting.get(offer.station, ()))):
        return offer
    holds = {slot.airing for slot in offer.slots}
    return structs.replace(offer, gone=last_given(session, offer.station, holds))


def last_given(session: Session, station: str, holds: Collection[str]) -> tuple[str, ...]:
    """A person stops a box that sounds, though it should not: what it was given last, but for
    what it holds by right (which may be the next airing, told ahead).
    """
    query = (
        select(ForeignOffer.airing_id)
        .where(ForeignOffer.station_id == station, ForeignOffer.airing_id.not_in(holds))
        .order_by(ForeignOffer.given_at.desc(), ForeignOffer.airing_id.desc())
    )
    return tuple(session.scalars(query.limit(1)))


def _is_anything_due(session: Session, now: datetime) -> bool:
    """Most of the day nothing is, and then many boxes cost as little as none."""
    held = select(ForeignOffer).where(ForeignOffer.ends_at > now - LATE_LIMIT)
    some = select(ForeignBox).where(ForeignBox.kind == BoxKind.MQTT)
    if session.scalars(some.limit(1)).first() is None:
        return False
    if session.scalars(held.limit(1)).first() is not None:
        return True
    return bool(read_due(session, now, now + LONGEST_LEAD))
