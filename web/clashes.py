"""Clashes: what a bulletin would meet on the air, told before it is sent or approved."""

from datetime import datetime

from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller.content import draft_of
from controller.errors import NotFound
from controller.model import Bulletin
from controller.permissions import Who
from controller.preview import preview

MOST = 4  # sentences, each about another neighbour

UNDECIDED = frozenset(
    {
        BulletinState.DRAFT,
        BulletinState.VOICING,
        BulletinState.READY,
        BulletinState.SUBMITTED,
        BulletinState.RETURNED,
    }
)
"""States in which the schedule is still a question."""


def sentences(session: Session, who: Who, bulletin: Bulletin, now: datetime) -> list[str]:
    """What would be cut, wait or be left out; empty for who may not compose there.

    Nor of an emergency: it cuts into everything, whenever it is approved.
    """
    if bulletin.state not in UNDECIDED or bulletin.cls == Class.EMERGENCY:
        return []
    try:
        seen = preview(
            session,
            who,
            draft_of(bulletin),
            now=now,
            bulletin_id=bulletin.id,
            recording_sha256=bulletin.recording_sha256,
        )
    except NotFound:
        return []
    told: dict[object, list[str]] = {}
    for refused in seen.refused:
        told.setdefault(refused.reason, []).append(refused.message)
    for conflict in seen.conflicts:
        pair = (conflict.winner.id, conflict.loser.id, conflict.outcome)
        told.setdefault(pair, []).append(conflict.message)
    found = [_once(messages) for messages in told.values()]
    if len(found) > MOST:
        found[MOST:] = [f"Còn trùng với {len(found) - MOST} bản tin khác trong 10 ngày tới."]
    return found


def _once(messages: list[str]) -> str:
    """A daily bulletin meets the same neighbour each day: the first time, and how often more."""
    more = f" Còn {len(messages) - 1} lần như vậy trong 10 ngày tới." if messages[1:] else ""
    return messages[0] + more
