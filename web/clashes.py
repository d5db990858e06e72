"""Clashes: what a bulletin would meet on the air, told before it is sent or approved."""

from datetime import datetime

from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller.content import draft_of
from controller.errors import NotFound
from controller.model import Bulletin
from controller.permissions import Who
from controller.preview import preview

MOST = 4  # sentences; a daily bulletin meets the same neighbour each day

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
    """What would be cut, wait or be left out; empty for who may not compose there."""
    if bulletin.state not in UNDECIDED:
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
    told = [refused.message for refused in seen.refused]
    told += [conflict.message for conflict in seen.conflicts]
    if len(told) > MOST:
        told[MOST:] = [f"Và {len(told) - MOST} lần trùng khác trong 10 ngày tới."]
    return told
