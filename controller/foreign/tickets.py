"""Tickets: addresses at which an MQTT box fetches one recording, while it may hold it."""

import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller.foreign import offers
from controller.model import Airing, ForeignBox, ForeignOffer, Station

PATH = "thiet-bi/phat/{ticket}.ogg"
TICKET_BYTES = 16  # 128 random bits: nobody guesses one


def fresh_ticket() -> str:
    """A new one; only its digest is kept."""
    return secrets.token_urlsafe(TICKET_BYTES)


def digest(ticket: str) -> str:
    """What is kept of a ticket."""
    return sha256(ticket.encode()).hexdigest()


def holder(session: Session, ticket: str) -> str | None:
    """The active box that a ticket was made for."""
    row = _offer(session, ticket)
    return None if row is None else row.station_id


def recording_of(session: Session, ticket: str, now: datetime) -> str | None:
    """The sha256 of the recording that this ticket opens now."""
    row = _offer(session, ticket)
    if row is None:
        return None
    box = session.get_one(ForeignBox, row.station_id)
    if row.airing_id not in holds(session, box, now):
        return None
    return session.get_one(Airing, row.airing_id).recording_sha256


def _offer(session: Session, ticket: str) -> ForeignOffer | None:
    query = (
        select(ForeignOffer)
        .join(Station, Station.id == ForeignOffer.station_id)
        .where(ForeignOffer.ticket_hash == digest(ticket), Station.active)
    )
    return session.scalars(query).one_or_none()


def holds(session: Session, box: ForeignBox, now: datetime) -> set[str]:
    """The airings that a box may hold now."""
    scene = offers.read_scene(session, [box], now)
    return {slot.airing for slot in offers.offer(box, scene).slots}
