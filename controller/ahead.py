"""Ahead: an equal that stands in a bulletin's way is put behind it, this once, when it is approved.

Not the plan is bent: the other airing is moved to where this one ends, by the rules of every other
move, so that it is still heard, stands in its history and can be taken back (docs/decisions/0022).
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState, Class
from controller import moving
from controller.content import draft_of
from controller.errors import Invalid, NotFound, WrongState
from controller.foreseen import can_move, foresee
from controller.model import Airing, Bulletin
from controller.permissions import Who
from controller.placed import approval_of
from controller.ports import Signer
from controller.preview import duration_ms, preview
from scheduler.conflicts import Outcome
from scheduler.planner import Planned

MINUTE = timedelta(minutes=1)


class Yields(Struct, frozen=True):
    """An airing that can be put behind the bulletin's first start; times are UTC."""

    airing_id: str
    title: str
    was: datetime
    becomes: datetime


def may_yield(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> list[Yields]:
    """Those that this person may move, in order; of the first start that has something in its way.

    Nothing of an emergency (it cuts in) and of a relay (it goes on without us).
    """
    if bulletin.cls == Class.EMERGENCY or bulletin.relay_source:
        return []
    draft, sound = draft_of(bulletin), bulletin.recording_sha256
    try:
        seen = preview(
            session, asking, draft, now=now, bulletin_id=bulletin.id, recording_sha256=sound
        )
    except NotFound:
        return []
    due = _first_in_the_way(seen, bulletin.id)
    if due is None:
        return []
    ends = due + timedelta(milliseconds=duration_ms(session, draft, sound))
    found, becomes = [], _full_minute(ends)
    for airing, title in _equals(session, seen, bulletin, due, ends):
        if not _moves(session, asking, airing, becomes, now):
            return []  # one that stays would still be in the way
        found.append(Yields(airing.id, title, airing.starts_at, becomes))
        becomes = _full_minute(becomes + (airing.ends_at - airing.starts_at))
    return found


def put_behind(
    session: Session,
    asking: Who,
    yields: Collection[Yields],
    *,
    signer: Signer,
    now: datetime,
) -> None:
    """Move each of them, the last one first so that none meets the next. Raises as a move does."""
    for one in sorted(yields, key=lambda one: one.becomes, reverse=True):
        moving.move_once(session, asking, one.airing_id, one.becomes, signer=signer, now=now)


def _first_in_the_way(seen: Planned, bulletin_id: str) -> datetime | None:
    """The first start that would wait or be left out for an equal."""
    waits = [
        conflict.at
        for conflict in seen.conflicts
        if conflict.loser.id == bulletin_id
        and conflict.outcome is not Outcome.CUT
        and conflict.winner.cls is conflict.loser.cls
    ]
    dues = [airing.due_at for airing in seen.airings] + [one.due_at for one in seen.refused]
    return max((due for due in dues if waits and due <= min(waits)), default=None)


def _equals(
    session: Session, seen: Planned, bulletin: Bulletin, due: datetime, ends: datetime
) -> list[tuple[Airing, str]]:
    approvals = {
        approval_of(conflict.winner)
        for conflict in seen.conflicts
        if conflict.loser.id == bulletin.id and conflict.winner.cls is conflict.loser.cls
    }
    query = (
        select(Airing, Bulletin.title)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(
            Airing.approval_id.in_(approvals),
            Airing.state == AiringState.PLANNED,
            Airing.starts_at < ends,
            Airing.ends_at > due,
        )
        .order_by(Airing.starts_at, Airing.id)
    )
    return [(airing, title) for airing, title in session.execute(query)]


def _moves(session: Session, asking: Who, airing: Airing, becomes: datetime, now: datetime) -> bool:
    try:
        moving.require_mover(session, asking, airing, now)
        if not can_move(airing, session.get_one(Bulletin, airing.bulletin_id), now):
            return False
        foresee(session, airing, becomes, now, moving.span(session, asking, airing, now))
    except (NotFound, Invalid, WrongState):
        return False
    return True


def _full_minute(at: datetime) -> datetime:
    full = at.replace(second=0, microsecond=0)
    return full if full == at else full + MINUTE
