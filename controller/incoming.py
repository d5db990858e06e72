"""Incoming: what stations sent is read, stored and answered; what cannot be is kept for people."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from contract import codec, topics
from contract.errors import Unreadable
from contract.reports import Ack, Beat, Receipt, Report, State
from contract.topics import Channel
from controller import delivery, plans, presence, reporting
from controller.alarms import sound_alarm
from controller.foreign import upward
from controller.model import ForeignBox, Quarantined, Station

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

KEPT = 1_000
"""Messages: enough to see what goes wrong, and at most 64 MB."""

DATABASE_TROUBLE = (OperationalError, InterfaceError)
"""Locked, full, gone: no fault of the message, which stays with the broker until it is stored.

Anything else that goes wrong with a message, foreseen or not, is quarantined with it: a poisonous
one must not come back for ever.
"""


def _answers(session: Session, acks: Sequence[Ack], now: datetime) -> None:
    plans.answered(session, acks, now)
    delivery.answered(session, acks, now)


Taker = Callable[[Session, Sequence[Any], datetime], list[Receipt] | None]
TAKERS: Mapping[type[Upward], Taker] = {
    State: presence.take_states,
    Ack: _answers,
    Report: reporting.take_reports,
    Beat: presence.take_beats,
}
"""Who stores many messages of a kind at once."""


class Arrived(Struct, frozen=True):
    """A message as it came; `ticket` is what the hub wants back when it has been stored."""

    topic: str
    payload: bytes
    ticket: object = None


Read = tuple[Arrived, Upward]


def read(arrived: Arrived, known: Container[str]) -> Upward:
    """The message. Raises Unreadable: not ours, not its topic's, or in another station's name."""
    place = topics.read(arrived.topic)
    if place is None or place.channel not in KINDS:
        raise Unreadable("no station speaks on this topic")
    # PostgreSQL can hold no NUL; what a stranger wrote to a station must not keep its report out
    payload = arrived.payload.replace(rb"\u0000", rb"\ufffd")
    message = codec.decode(KINDS[place.channel], payload)
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
    boxes = select(ForeignBox.station_id)  # they are heard on topics of their own only
    query = select(Station.id).where(Station.active, Station.id.not_in(boxes))
    known = set(session.scalars(query))
    arrivals = _without_boxes(session, arrivals, now)
    found: dict[type[Upward], list[Read]] = {kind: [] for kind in TAKERS}
    for arrived in arrivals:
        try:
            message = read(arrived, known)
        except Exception as error:
            quarantine(session, arrived, str(error), now)
        else:
            found[type(message)].append((arrived, message))
    receipts = [
        receipt for kind, each in found.items() for receipt in _together(session, kind, each, now)
    ]
    heard = {message.station for kind in (Ack, Report) for _, message in found[kind]}
    presence.seen(session, heard, now)
    return receipts


def _without_boxes(session: Session, arrivals: Sequence[Arrived], now: datetime) -> list[Arrived]:
    """Store what boxes of other makers said; the rest, which is on our topics."""
    ours: list[Arrived] = []
    strange: list[Arrived] = []
    for one in arrivals:
        (ours if one.topic.startswith(f"{topics.ROOT}/") else strange).append(one)
    said = upward.take(session, [(one.topic, one.payload) for one in strange], now)
    for arrived, told in zip(strange, said, strict=True):
        if told:
            quarantine(session, arrived, told, now)
    return ours


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


def forget_old(session: Session) -> None:
    """Keep the newest of what could not be read: a station may send the same for ever."""
    newest = select(Quarantined.id).order_by(Quarantined.id.desc())
    session.execute(
        delete(Quarantined).where(Quarantined.id <= newest.offset(KEPT).limit(1).scalar_subquery())
    )


def _together(
    session: Session, kind: type[Upward], each: Sequence[Read], now: datetime
) -> list[Receipt]:
    """All at once; when one cannot be stored, each on its own, and the bad ones are kept."""
    if not each:
        return []
    try:
        with session.begin_nested():
            return TAKERS[kind](session, [message for _, message in each], now) or []
    except DATABASE_TROUBLE:
        raise
    except Exception as error:
        if len(each) == 1:
            quarantine(session, each[0][0], str(error), now)
            return []
    return [receipt for one in each for receipt in _together(session, kind, [one], now)]
