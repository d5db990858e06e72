"""Following: boxes that are told by MQTT are told to play and to stop when the moment comes."""

from datetime import datetime

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import OrderState
from controller import outbox
from controller.foreign import offers, tickets
from controller.foreign.adapters import own_mqtt
from controller.foreign.boxes import of_kind
from controller.foreign.ports import Offer
from controller.model import BoxKind, ForeignBox, OrderDelivery
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
    boxes = of_kind(session, BoxKind.MQTT)
    if not boxes:
        return []
    scene = offers.read_scene(session, boxes, now)
    waiting = set(
        session.scalars(
            select(OrderDelivery.station_id).where(
                OrderDelivery.state == OrderState.QUEUED,
                OrderDelivery.station_id.in_([box.station_id for box in boxes]),
            )
        )
    )
    found = [(box, offers.offer(box, scene)) for box in boxes]
    return [
        (box, offer)
        for box, offer in found
        if offer.fresh or offer.gone or box.station_id in waiting
    ]
