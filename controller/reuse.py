"""Reuse: a notice that was broadcast is a new draft, with its recording and a new time."""

from datetime import datetime, timedelta

from msgspec import structs
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller import audit, bulletins
from controller.content import draft_of, rule_of
from controller.errors import NotFound
from controller.model import Bulletin
from controller.permissions import Who
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.rules import Rule

_SOUND = (
    "original_sha256",
    "original_name",
    "recorded_sha256",
    "recorded_name",
    "recording_sha256",
    "reading",
    "warnings",
)
"""What was made of the content, and holds for the copy; but not that somebody listened to it."""


def may_be_reused(bulletin: Bulletin) -> bool:
    """Whether it was decided about, and is no emergency (its own page raises one) nor a relay."""
    ended = bulletin.state in (BulletinState.APPROVED, BulletinState.WITHDRAWN)
    return ended and bulletin.cls != Class.EMERGENCY and not bulletin.relay_source


def reuse(
    session: Session, asking: Who, bulletin_id: str, *, ahead: timedelta, now: datetime
) -> Bulletin:
    """A draft of the same content, once, at the same time of day, at least `ahead` from now.

    It is ready to be heard when there was a recording. Raises NotFound when it may not be seen or
    reused, or one of its places is out of the person's reach; Invalid as `bulletins.compose`.
    """
    before = bulletins.get(session, asking, bulletin_id, now=now)
    if not may_be_reused(before):
        raise NotFound("bulletin", bulletin_id)
    draft = structs.replace(draft_of(before), rule=once_more(rule_of(before), now + ahead))
    copy = bulletins.compose(session, asking, draft, now=now)
    for name in _SOUND:
        setattr(copy, name, getattr(before, name))
    if copy.recording_sha256:
        bulletins.to_state(copy, BulletinState.VOICING)  # the way to ready; the recording is there
        bulletins.to_state(copy, BulletinState.READY)
    source = {"from": before.id}
    audit.record(session, asking, "bulletin.reuse", "bulletin", copy.id, now=now, after=source)
    return copy


def once_more(rule: Rule, since: datetime) -> Rule:
    """The first time of a rule, on the first local day on which it is not before `since`."""
    soon, at = since.astimezone(ZONE), min(rule.times)
    day = soon.date() + timedelta(days=at < soon.time())
    return Rule(pattern=Once(day), times=(at,))
