"""Outbox: what must reach stations, written with the decision and sent until it is answered.

A broker's PUBACK only says "in my memory" (it forgets on kill -9), so a message is due again,
later each time, until the station itself answers (`settle`) or its time is over.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from controller.model import Outgoing
from controller.upsert import insert

BATCH = 100
"""Messages taken at once: one transaction for them all, some seconds of work for a slow broker."""


class Kind(StrEnum):
    """What a message is; the first part of its key."""

    PLAN = "plan"
    ORDER = "order"
    EMERGENCY = "emergency"
    ROOTS = "roots"
    FOREIGN = "foreign"


_FIRST_RETRY_S = {
    Kind.PLAN: 30,
    Kind.ORDER: 3,
    Kind.EMERGENCY: 3,
    Kind.ROOTS: 3_600,
    Kind.FOREIGN: 86_400,
}
"""An order is sent again after 3 s. Plan and roots are retained: stations find them anyway.
Boxes of other makers answer nothing, and would begin again: they are told once."""

_LAST_RETRY_S = {
    Kind.PLAN: 3_600,
    Kind.ORDER: 60,
    Kind.EMERGENCY: 60,
    Kind.ROOTS: 3_600,
    Kind.FOREIGN: 86_400,
}
"""Waits double up to this; an emergency must reach who comes late within a minute."""


class Message(Struct, frozen=True, kw_only=True):
    """What is handed to the broker. `expires_at` becomes the message expiry."""

    key: str
    topic: str
    payload: bytes
    retained: bool
    expires_at: datetime | None = None


def key(kind: Kind, *names: str) -> str:
    """The name of a message's place; a later message with the same key replaces it."""
    return "/".join((kind, *names))


def put(session: Session, messages: Collection[Message], now: datetime) -> None:
    """Due now, in the transaction of the decision; replaces what has the same key."""
    if not messages:
        return
    rows = [
        {
            "key": message.key,
            "topic": message.topic,
            "payload": message.payload,
            "retained": message.retained,
            "expires_at": message.expires_at,
            "due_at": now,
            "attempts": 0,
        }
        for message in messages
    ]
    statement = insert(session, Outgoing)
    new = statement.excluded
    changed = {name: new[name] for name in ("topic", "payload", "retained", "expires_at", "due_at")}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={**changed, "attempts": 0},
        ),
        rows,
    )


def take(session: Session, now: datetime) -> list[Message]:
    """The due messages, plans after all others, the oldest first.

    Each is due again later, unless it is settled before.
    """
    query = (
        select(Outgoing)
        .where(Outgoing.due_at <= now)
        .order_by(Outgoing.key.startswith(f"{Kind.PLAN}/"), Outgoing.due_at, Outgoing.key)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    taken = []
    for row in session.scalars(query):
        row.due_at, row.attempts = now + retry_after(row.key, row.attempts), row.attempts + 1
        taken.append(_message(row))
    return taken


def retry_after(of: str, attempts: int) -> timedelta:
    """How long to wait for an answer after `attempts` earlier sendings."""
    kind = Kind(of.partition("/")[0])
    doubled = _FIRST_RETRY_S[kind] * 2 ** min(attempts, 12)
    return timedelta(seconds=min(doubled, _LAST_RETRY_S[kind]))


def settle(session: Session, keys: Iterable[str]) -> None:
    """Answered: a retained message stays for a broker that forgets, the others are done."""
    names = list(keys)
    session.execute(delete(Outgoing).where(Outgoing.key.in_(names), ~Outgoing.retained))
    session.execute(update(Outgoing).where(Outgoing.key.in_(names)).values(due_at=None))


def hasten(session: Session, keys: Collection[str], now: datetime) -> None:
    """Due now again: it was not handed over, or its station shows that it lacks it."""
    session.execute(update(Outgoing).where(Outgoing.key.in_(keys)).values(due_at=now))


def republish(session: Session, kinds: Iterable[Kind], now: datetime) -> None:
    """The broker may have lost these: all of them are due, settled ones too."""
    for kind in kinds:
        session.execute(
            update(Outgoing)
            .where(Outgoing.key.startswith(f"{kind}/"))
            .values(due_at=now, attempts=0)
        )


def expire(session: Session, now: datetime) -> None:
    """Forget messages whose time is over."""
    session.execute(delete(Outgoing).where(Outgoing.expires_at <= now))


def next_due(session: Session) -> datetime | None:
    """When the outbox has work again."""
    return session.scalar(select(func.min(Outgoing.due_at)))


def _message(row: Outgoing) -> Message:
    return Message(
        key=row.key,
        topic=row.topic,
        payload=row.payload,
        retained=row.retained,
        expires_at=row.expires_at,
    )
