"""Answers: a program that asks for the same act again is told the same; it is done once.

The act and its answer are one transaction: after a crash either both are there or neither.
"""

import hashlib
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete
from sqlalchemy.orm import Session

from controller.api.errors import OtherAct
from controller.model import ApiAnswer
from controller.upsert import insert

KEPT = timedelta(hours=24)
"""A program that was cut off asks again within minutes; a day covers one that waits for people."""


class Act(Struct, frozen=True):
    """What a key asks to be done; `name` is its own word for it (Idempotency-Key)."""

    key_id: str
    name: str
    asked: bytes  # method, path and body

    @property
    def asked_hash(self) -> str:
        """By which the same words again are known."""
        return hashlib.sha256(self.asked).hexdigest()


def begin(session: Session, act: Act, *, now: datetime) -> ApiAnswer | None:
    """The answer that was given before; None: it is done now, in this transaction.

    Whoever asks at the same time waits here until the first is done. Raises OtherAct.
    """
    session.execute(delete(ApiAnswer).where(ApiAnswer.at < now - KEPT))
    mine = insert(session, ApiAnswer).values(
        key_id=act.key_id, name=act.name, asked_hash=act.asked_hash, status=0, body=b"", at=now
    )
    inserted = session.execute(mine.on_conflict_do_nothing().returning(ApiAnswer.key_id)).first()
    if inserted is not None:
        return None
    before = session.get_one(ApiAnswer, (act.key_id, act.name))
    if before.asked_hash != act.asked_hash:
        raise OtherAct
    return before


def conclude(session: Session, act: Act, status: int, body: bytes) -> None:
    """Keep what was answered."""
    row = session.get_one(ApiAnswer, (act.key_id, act.name))
    row.status, row.body = status, body
