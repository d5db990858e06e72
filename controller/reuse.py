"""Reuse: a notice that was broadcast is a new draft, with its recording and a new time."""

from datetime import date, datetime, timedelta

from msgspec import structs
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contract.states import AiringState, BulletinState, Class
from controller import audit, bulletins
from controller.areas import local_day
from controller.content import draft_of, rule_of
from controller.drafts import Draft
from controller.errors import NotFound
from controller.model import Airing, Bulletin
from controller.permissions import Permission, Who, require, scope
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


WENT_ON_AIR = exists().where(
    Airing.bulletin_id == Bulletin.id,
    Airing.state.in_((AiringState.STARTED, AiringState.CLOSED)),
)


def may_reuse(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> bool:
    """Whether it was broadcast, is no emergency (its own page raises one) nor a relay, and the
    person may write for every place that heard it.
    """
    ended = bulletin.state in (BulletinState.APPROVED, BulletinState.WITHDRAWN)
    if not ended or bulletin.cls == Class.EMERGENCY or bulletin.relay_source:
        return False
    if not session.scalar(select(Bulletin.id).where(Bulletin.id == bulletin.id, WENT_ON_AIR)):
        return False
    places = {bulletin.area_id, *bulletin.targets}
    try:
        require(session, asking, Permission.COMPOSE, places, local_day(now))
    except NotFound:
        return False
    return True


def to_reuse(session: Session, asking: Who, *, now: datetime, limit: int) -> list[Bulletin]:
    """The last notices that were broadcast and that the person may say again, at most `limit`."""
    written = scope(session, asking, Permission.COMPOSE, local_day(now))
    query = (
        select(Bulletin)
        .where(
            Bulletin.area_id.in_(written),
            Bulletin.state == BulletinState.APPROVED,
            Bulletin.cls != Class.EMERGENCY,
            Bulletin.relay_source == "",
            WENT_ON_AIR,
        )
        .order_by(Bulletin.updated_at.desc(), Bulletin.id)
        .limit(2 * limit)  # some were for places of others too
    )
    found = session.scalars(query).all()
    return [each for each in found if may_reuse(session, asking, each, now)][:limit]


def reuse(
    session: Session, asking: Who, bulletin_id: str, *, ahead: timedelta, now: datetime
) -> Bulletin:
    """A draft of the same content, once, at the same time of day, at least `ahead` from now.

    It is ready to be heard when there was a recording. Raises NotFound when it may not be seen or
    reused, or one of its places is out of the person's reach; Invalid as `bulletins.compose`.
    """
    before = bulletins.get(session, asking, bulletin_id, now=now)
    if not may_reuse(session, asking, before, now):
        raise NotFound("bulletin", bulletin_id)
    rule = once_more(rule_of(before), now + ahead)
    draft = structs.replace(draft_of(before), rule=rule, expires_on=kept_expiry(before, rule))
    copy = copied(session, asking, before, draft, now)
    source = {"from": before.id}
    audit.record(session, asking, "bulletin.reuse", "bulletin", copy.id, now=now, after=source)
    return copy


def kept_expiry(before: Bulletin, rule: Rule) -> date | None:
    """Until when the words hold, if they still do when they are said again; else people look."""
    ends = before.expires_on
    said_on = rule.pattern.day if isinstance(rule.pattern, Once) else None
    return ends if ends and said_on and said_on < ends else None


def copied(
    session: Session, asking: Who, before: Bulletin, draft: Draft, now: datetime
) -> Bulletin:
    """A new bulletin that sounds as `before` does, not yet listened to. Raises as `compose`."""
    copy = bulletins.compose(session, asking, draft, now=now)
    for name in _SOUND:
        setattr(copy, name, getattr(before, name))
    if copy.recording_sha256:
        bulletins.to_state(copy, BulletinState.VOICING)  # the way to ready; the recording is there
        bulletins.to_state(copy, BulletinState.READY)
    return copy


def once_more(rule: Rule, since: datetime) -> Rule:
    """The first time of a rule, on the first local day on which it is not before `since`."""
    soon, at = since.astimezone(ZONE), min(rule.times)
    day = soon.date() + timedelta(days=at < soon.time())
    return Rule(pattern=Once(day), times=(at,))
