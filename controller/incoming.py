"""Incoming: what stations sent is read, stored and answered; what cannot be is kept for people."""

from collections.abc import Container, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from contract import codec, topics
from contract.errors import Unreadable
from contract.reports import Ack, Beat, Receipt, Report, State
from contract.topics import Channel
from controller import delivery, plans, presence, reporting
from controller.alarms import sound_alarm
from controller.model import Quarantined, Station

Upward = State | Beat | Ack | Report
KINDS: dict[Channel, type[Upward]] = {
    Channel.STATE: State,
    Channel.BEAT: Beat,
    Channel.ACK: Ack,
    Channel.REPORT: Report,
}
QUARANTINE = "unreadable_message"
KEPT_BYTES = 65_536
"""Of a message that cannot be read the beginning is kept: enough to see what it was."""

DATABASE_TROUBLE = (OperationalError, InterfaceError)
"""Locked, full, gone: no fault of the message, which stays with the broker until it is stored.

Anything else that goes wrong with a message, foreseen or not, is quarantined with it: a poisonous
one must not come back for ever.
"""


class Arrived(Struct, frozen=True):
    """A message as it came; `ticket` is what the hub wants back when it has been stored."""

    topic: str
    payload: bytes
    ticket: object = None


def read(arrived: Arrived, known: Container[str]) -> Upward:
    """The message. Raises Unreadable: not ours, not its topic's, or in another station's name."""
    place = topics.read(arrived.topic)
    if place is None or place.channel not in KINDS:
        raise Unreadable("no station speaks on this topic")
    message = codec.decode(KINDS[place.channel], arrived.payload)
    if message.station != place.id:
        raise Unreadable(f"{place.id} speaks in the name of {message.station}")
    if message.station not in known:
        raise Unreadable(f"no such station: {message.station}")
    return message


def take(session: Session, arrivals: Sequence[Arrived], now: datetime) -> list[Receipt]:
    """Store a batch in the caller's transaction; the receipts to send once it is committed.

    One bad message never stops the others: it is quarantined with an alarm. Only trouble with
    the database itself is raised, and then nothing of the batch was taken.
    """
    known = set(session.scalars(select(Station.id).where(Station.active)))
    beats: list[Beat] = []
    receipts: dict[tuple[str, str], Receipt] = {}
    heard: set[str] = set()
    for arrived in arrivals:
        try:
            message = read(arrived, known)
            if isinstance(message, Beat):
                beats.append(message)
                continue
            with session.begin_nested():
                receipt = _act(session, message, now)
        except DATABASE_TROUBLE:
            raise
        except Exception as error:
            quarantine(session, arrived, str(error), now)
            continue
        if not isinstance(message, State):
            heard.add(message.station)
        if receipt is not None:
            receipts[receipt.station, receipt.journal] = receipt
    _beats(session, beats, now)
    presence.seen(session, heard, now)
    return list(receipts.values())


def may_be_lost(arrived: Arrived) -> bool:
    """Beats, which nothing holds back: the next one says the same."""
    place = topics.read(arrived.topic)
    return place is not None and place.channel is Channel.BEAT


def quarantine(session: Session, arrived: Arrived, problem: str, now: datetime) -> None:
    """Keep the message for people, and tell them."""
    session.add(
        Quarantined(
            at=now,
            topic=arrived.topic[:160],
            payload=arrived.payload[:KEPT_BYTES],
            problem=problem.replace("\0", "")[:400],
        )
    )
    place = topics.read(arrived.topic)
    detail = f"Tin trên {arrived.topic[:160]} không đọc được."
    sound_alarm(session, QUARANTINE, detail, now, place.id if place else None)


def _act(session: Session, message: State | Ack | Report, now: datetime) -> Receipt | None:
    if isinstance(message, Report):
        return reporting.take_report(session, message, now)
    if isinstance(message, State):
        presence.take_state(session, message, now)
        return None
    plans.answered(session, message, now)
    delivery.answered(session, message, now)
    return None


def _beats(session: Session, beats: Sequence[Beat], now: datetime) -> None:
    """All at once; when one of them cannot be stored, each on its own, without the bad ones."""
    try:
        with session.begin_nested():
            presence.take_beats(session, beats, now)
    except DATABASE_TROUBLE:
        raise
    except Exception as error:
        if len(beats) == 1:
            quarantine(session, _again(beats[0]), str(error), now)
            return
        for beat in beats:
            _beats(session, [beat], now)


def _again(beat: Beat) -> Arrived:
    return Arrived(topics.of(Channel.BEAT, "station", beat.station), codec.encode(beat))
