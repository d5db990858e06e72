"""Shifting: a bulletin whose only start passed unapproved is put into the next permitted slot."""

import math
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller import approval, areas, audit, bulletins, reminding
from controller.areas import local_day
from controller.content import content_hash, draft_of
from controller.drafts import problems
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Bulletin, Recording
from controller.permissions import Permission, Who, require
from controller.waiting import next_slot
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.rules import Rule


def slot_for(session: Session, bulletin: Bulletin, now: datetime) -> datetime | None:
    """Where it would go; None unless it waits, has no start left, and there is a slot.

    A relay is not put off: its programme comes when it comes.
    """
    at = reminding.stands(session, bulletin, now, ())
    if at is None or not at.is_over or bulletin.relay_source:
        return None
    hours = areas.permitted_windows(session, bulletin.targets, local_day(now))
    recording = session.get(Recording, bulletin.recording_sha256 or "")
    length_ms = math.ceil(recording.samples / 48) if recording else 0
    return next_slot(list(hours.values()), timedelta(milliseconds=max(1, length_ms)), now)


def may_shift(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> bool:
    """Whether the person writes there, or decides about it."""
    return _writes(session, asking, bulletin, now) or _decides(session, asking, bulletin, now)


def shift(session: Session, asking: Who, bulletin_id: str, *, now: datetime) -> datetime:
    """Give it its new start; it goes on waiting. Who decides about it may still do so.

    Raises NotFound; WrongState when there is nothing to put off; Invalid as an edit does.
    """
    bulletin = bulletins.locked(session, bulletin_id)
    if not may_shift(session, asking, bulletin, now):
        raise NotFound("bulletin", bulletin_id)
    start = slot_for(session, bulletin, now)
    if bulletin.state != BulletinState.SUBMITTED or start is None:
        raise WrongState("Bản tin này không cần dời, hoặc chưa có khung giờ nào để dời.")
    before = {"rule": bulletin.rule}
    local = start.astimezone(ZONE)
    rule = Rule(pattern=Once(local.date()), times=(local.time(),))
    bulletin.rule = msgspec.to_builtins(rule)
    if found := problems(draft_of(bulletin), now, bulletins.holidays(session)):
        raise Invalid(found)
    bulletin.version += 1
    bulletin.updated_at, bulletin.reminded_min = now, None
    if not _decides(session, asking, bulletin, now):
        bulletin.edited_by = asking.person_id
    after = {"rule": bulletin.rule, "hash": content_hash(bulletin)}
    session.flush()
    audit.record(
        session,
        asking,
        "bulletin.shift",
        "bulletin",
        bulletin.id,
        now=now,
        before=before,
        after=after,
    )
    return start


def _writes(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> bool:
    places = {bulletin.area_id, *bulletin.targets}
    try:
        require(session, asking, Permission.COMPOSE, places, local_day(now))
    except NotFound:
        return False
    return True


def _decides(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> bool:
    """Whether they could approve it as it is; the time is part of what they sign then."""
    if asking.person_id in (bulletin.author_id, bulletin.edited_by):
        return False
    try:
        approval.require_decider(session, asking, bulletin, now)
    except NotFound:
        return False
    return True
