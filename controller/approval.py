"""Approval: a second person decides about exactly what they heard and read."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.ids import new_id
from contract.messages import Release
from contract.states import BulletinState, Class
from controller import acting, audit, bulletins, emergency, entered, facts
from controller.areas import local_day
from controller.content import content_hash, rule_of
from controller.errors import ContentChanged, Invalid, NotFound, OwnBulletin, WrongState
from controller.model import Approval, Bulletin, Decision, Person
from controller.permissions import Permission, Who, require, scope
from controller.ports import Signer
from controller.relays import grants
from scheduler.calendar import ZONE
from scheduler.expiry import midnight
from scheduler.problem import Problem
from scheduler.rules import Rule, starts

LONGEST_RELEASE = timedelta(days=366)
"""A rule without an end is released for a year; then a person must look at it again."""


def queue(session: Session, asking: Who, *, now: datetime) -> list[Bulletin]:
    """What waits for this person's decision, the most urgent class first, then the oldest."""
    today = local_day(now)
    reach = scope(session, asking, Permission.APPROVE, today)
    query = (
        select(Bulletin)
        .where(
            Bulletin.state == BulletinState.SUBMITTED,
            Bulletin.area_id.in_(reach),
            Bulletin.author_id != asking.person_id,
            Bulletin.edited_by != asking.person_id,
        )
        .order_by(Bulletin.cls, Bulletin.submitted_at, Bulletin.id)
    )
    found = [each for each in session.scalars(query) if reach.issuperset(each.targets)]
    return [each for each in found if _is_decider(session, asking, each, now)]


def approve(
    session: Session,
    asking: Who,
    bulletin_id: str,
    seen_hash: str,
    *,
    signer: Signer,
    now: datetime,
) -> Approval:
    """Let it be heard: sign its release, or the grants of a relay; an emergency sounds at once.

    `seen_hash` is the content_hash of what the person saw. Raises NotFound, OwnBulletin,
    ContentChanged, WrongState, and Invalid when no start is left.
    """
    bulletin = _to_decide(session, asking, bulletin_id, seen_hash, now)
    approval = _decision(session, asking, bulletin, Decision.APPROVED, now)
    bulletins.to_state(bulletin, BulletinState.APPROVED)
    # both take a number (facts.next_seq) before the audit, as every use case does: no deadlock
    if bulletin.cls == Class.EMERGENCY:
        session.flush()
        emergency.sound(session, asking, bulletin, approval, signer=signer, now=now)
    elif bulletin.relay_source:
        session.flush()
        grants.sign(session, bulletin, approval, _starts(session, bulletin, now), signer)
    else:
        _release(session, bulletin, approval, signer, now)
    _conclude(session, asking, bulletin, approval)
    return approval


def give_back(
    session: Session,
    asking: Who,
    bulletin_id: str,
    seen_hash: str,
    reason: str,
    *,
    now: datetime,
) -> Approval:
    """Return it to its author. Raises as `approve` does, and Invalid without a reason."""
    reason = entered.text(reason)
    if not reason:
        raise Invalid([Problem("reason", "Ghi lý do trả lại để người soạn biết cần sửa gì.")])
    bulletin = _to_decide(session, asking, bulletin_id, seen_hash, now)
    approval = _decision(session, asking, bulletin, Decision.RETURNED, now)
    approval.reason = reason
    bulletins.to_state(bulletin, BulletinState.RETURNED)
    _conclude(session, asking, bulletin, approval)
    return approval


def decisions(session: Session, bulletin_id: str) -> list[Approval]:
    """What was decided about a bulletin, newest first; void ones are history."""
    query = select(Approval).where(Approval.bulletin_id == bulletin_id)
    return list(session.scalars(query.order_by(Approval.at.desc(), Approval.id.desc())))


def release_span(
    rule: Rule, now: datetime, holidays: Container[date], *, expires_on: date | None = None
) -> tuple[datetime, datetime] | None:
    """From the rule's first start on until the end of the local day of its last; None: no start.

    To the end of the day, because an item that meets its equal waits for its turn; and so never
    into the day on which the content ends.
    """
    found = releasable(rule, now, holidays, expires_on)
    if not found:
        return None
    last_day = found[-1].astimezone(ZONE).date() + timedelta(days=1)
    return found[0], datetime.combine(last_day, time(), ZONE)


def releasable(
    rule: Rule, now: datetime, holidays: Container[date], expires_on: date | None = None
) -> list[datetime]:
    """The starts of a rule that can be approved now."""
    longest = now + LONGEST_RELEASE
    until = min(longest, midnight(expires_on)) if expires_on else longest
    return starts(rule, now, until, holidays)


def require_decider(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> None:
    """Whether this person may decide about such a bulletin. Raises NotFound.

    The permission must hold over every place where it would sound, not only over that whose it is.
    """
    emergency_class = bulletin.cls == Class.EMERGENCY
    needed = Permission.APPROVE_EMERGENCY if emergency_class else Permission.APPROVE
    places = {bulletin.area_id, *bulletin.targets}
    try:
        require(session, asking.besides(_wrote(bulletin)), needed, places, local_day(now))
    except NotFound as error:
        raise NotFound("bulletin", bulletin.id) from error


def in_stead_of(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> str:
    """The name of whom this person would decide for; empty when they may themselves."""
    absent = _stands_in_for(session, asking, bulletin, now)
    return session.get_one(Person, absent).name if absent else ""


def _stands_in_for(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> str | None:
    places, lent = {bulletin.area_id, *bulletin.targets}, asking.besides(_wrote(bulletin))
    return acting.on_behalf(session, lent, Permission.APPROVE, places, now)


def _wrote(bulletin: Bulletin) -> tuple[str, str]:
    """Those who cannot decide about it, nor anybody in their stead."""
    return bulletin.author_id, bulletin.edited_by


def _is_decider(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> bool:
    if asking.besides(_wrote(bulletin)) == asking:
        return True  # the queue asked already, for all of them at once
    try:
        require_decider(session, asking, bulletin, now)
    except NotFound:
        return False
    return True


def _to_decide(
    session: Session, asking: Who, bulletin_id: str, seen_hash: str, now: datetime
) -> Bulletin:
    """The locked bulletin, when this person may decide about what they saw."""
    bulletin = bulletins.locked(session, bulletin_id)
    require_decider(session, asking, bulletin, now)
    if asking.person_id in _wrote(bulletin):
        raise OwnBulletin
    if content_hash(bulletin) != seen_hash:
        raise ContentChanged
    if bulletin.state != BulletinState.SUBMITTED:
        raise WrongState("Bản tin này không còn chờ duyệt.")
    return bulletin


def _decision(
    session: Session, asking: Who, bulletin: Bulletin, decision: Decision, now: datetime
) -> Approval:
    approval = Approval(
        id=new_id(now),
        bulletin_id=bulletin.id,
        content_hash=content_hash(bulletin),
        decision=decision,
        person_id=asking.person_id,
        for_person_id=_stands_in_for(session, asking, bulletin, now),
        at=now,
    )
    session.add(approval)
    return approval


def _release(
    session: Session, bulletin: Bulletin, approval: Approval, signer: Signer, now: datetime
) -> None:
    """Sign what a station asks for before it plays: this sound, there, in this class and time."""
    off = bulletins.holidays(session)
    span = release_span(rule_of(bulletin), now, off, expires_on=bulletin.expires_on)
    if span is None or bulletin.recording_sha256 is None:
        raise _too_late()
    release = Release(
        id=new_id(now),
        aud=tuple(bulletin.targets),
        seq=facts.next_seq(session),
        iat=now,
        nbf=span[0],
        exp=span[1],
        bulletin=bulletin.id,
        recording=bulletin.recording_sha256,
        cls=Class(bulletin.cls),
    )
    approval.release_id = release.id
    approval.release = codec.encode(signer.sign(release))


def _starts(session: Session, bulletin: Bulletin, now: datetime) -> list[datetime]:
    off = bulletins.holidays(session)
    found = releasable(rule_of(bulletin), now, off, bulletin.expires_on)
    if not found:
        raise _too_late()
    return found


def _too_late() -> Invalid:
    return Invalid([Problem("rule", "Giờ phát đã qua: trả lại để người soạn chọn giờ khác.")])


def _conclude(session: Session, asking: Who, bulletin: Bulletin, approval: Approval) -> None:
    bulletin.updated_at = approval.at
    session.flush()
    audit.record(
        session,
        asking,
        f"bulletin.{approval.decision}",
        "bulletin",
        bulletin.id,
        now=approval.at,
        after=_told(session, approval),
    )


def _told(session: Session, approval: Approval) -> dict[str, str]:
    told = {"hash": approval.content_hash, "reason": approval.reason}
    if approval.for_person_id:
        told["in_stead_of"] = session.get_one(Person, approval.for_person_id).name
    return told
