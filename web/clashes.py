"""Clashes: what a bulletin would meet on the air, told before it is sent or approved."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller.content import draft_of
from controller.drafts import Draft
from controller.errors import NotFound
from controller.model import Bulletin
from controller.permissions import Who
from controller.preview import preview
from scheduler.calendar import ZONE
from scheduler.description import day_name
from scheduler.patterns import Once
from scheduler.planner import Planned
from web.heard_where import Group, groups

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


class Told(Struct, frozen=True):
    """What a schedule would meet in ten days: of its first start who hears what, and each clash."""

    first: datetime | None = None  # the start that `groups` are about
    groups: tuple[Group, ...] = ()
    sentences: tuple[str, ...] = ()
    free: str = ""  # an hour at which it would hinder nobody, when the chosen one does
    behind: str = ""  # the one right after what it meets
    without: str = ""  # the only day on which a repeated one meets anything


def of_bulletin(session: Session, who: Who, bulletin: Bulletin, now: datetime) -> Told:
    """What would be cut, wait or be left out; nothing once decided, or for who may not compose."""
    if bulletin.state not in UNDECIDED:
        return Told()
    sound = bulletin.recording_sha256
    return of_draft(session, who, draft_of(bulletin), now, bulletin_id=bulletin.id, sound=sound)


def of_draft(
    session: Session,
    who: Who,
    draft: Draft,
    now: datetime,
    *,
    bulletin_id: str = "",
    sound: str | None = None,
) -> Told:
    """The same of what is not saved. Nothing of an emergency: it cuts into all, when approved."""
    if draft.cls == Class.EMERGENCY:
        return Told()
    try:
        seen = preview(
            session, who, draft, now=now, bulletin_id=bulletin_id, recording_sha256=sound
        )
    except NotFound:
        return Told()
    dues = [airing.due_at for airing in seen.airings] + [one.due_at for one in seen.refused]
    first = min(dues, default=None)
    found = groups(seen, first) if first else []
    without = "" if isinstance(draft.rule.pattern, Once) else _only_day(seen)
    return Told(first, tuple(found), tuple(_sentences(seen)), without=without)


def _only_day(seen: Planned) -> str:
    """As it is typed into the form; nothing when it is none or several."""
    met = [conflict.at for conflict in seen.conflicts] + [one.due_at for one in seen.refused]
    days = {at.astimezone(ZONE).date() for at in met}
    return day_name(days.pop()) if len(days) == 1 else ""


def _sentences(seen: Planned) -> list[str]:
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
