"""Inbox: normal bulletins from above, of which a place chooses what its people hear.

A place broadcasts one as a bulletin of its own, which its own people approve; or it says why not.
"""

from collections.abc import Collection, Container, Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct, structs
from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller import areas, audit, bulletins, entered, reuse
from controller.approval import LONGEST_RELEASE
from controller.areas import local_day
from controller.content import draft_of, heard_rule
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Approval, Area, Bulletin, Decision, InboxChoice
from controller.permissions import Permission, Who
from controller.upsert import insert
from scheduler.problem import Problem
from scheduler.rules import Rule, starts

MOST = 200
"""Looked at, the newest first: a province that sends more than that must be told so by people."""

SOON = timedelta(days=8)
LOOKED_BACK = timedelta(days=30)


class Item(Struct, frozen=True, kw_only=True):
    """A bulletin that waits for the choice of an area; `sender` is the area that sends it."""

    bulletin: Bulletin
    approval_id: str
    area_id: str
    area: str
    sender: str
    first_at: datetime  # its next start as it was approved


class Chosen(Struct, frozen=True, kw_only=True):
    """What a place answered; without `copy_id` it does not broadcast it, for `reason`."""

    title: str
    area: str
    copy_id: str | None
    reason: str
    at: datetime


def waiting(session: Session, asking: Who, now: datetime) -> list[Item]:
    """What waits for this person's choice, the soonest first."""
    found = [item for area in _theirs(session, asking) for item in _of(session, area, now)]
    return sorted(found, key=lambda item: (item.first_at, item.approval_id, item.area_id))


def get(session: Session, asking: Who, bulletin_id: str, area_id: str, now: datetime) -> Item:
    """One that waits for an area, or for the first of theirs when `area_id` is "".

    Raises NotFound for what is not theirs, WrongState for what is not waiting any more.
    """
    mine = [area for area in _theirs(session, asking) if area_id in ("", area.id)]
    reached = [area for area in mine if _reaches(session, area, bulletin_id, now)]
    if not reached:
        raise NotFound("bulletin", bulletin_id)
    for item in (item for area in reached for item in _of(session, area, now)):
        if item.bulletin.id == bulletin_id:
            return item
    raise WrongState("Bản tin này không còn chờ chọn: đã có người chọn, hoặc đã quá giờ phát.")


def may_hear(session: Session, asking: Who, sha256: str, now: datetime) -> bool:
    """Whether the recording is of a bulletin that came into an inbox of this person's."""
    found = session.scalars(select(Bulletin.id).where(Bulletin.recording_sha256 == sha256)).all()
    mine = _theirs(session, asking)
    return any(_reaches(session, area, each, now) for area in mine for each in found)


def take(
    session: Session, asking: Who, bulletin_id: str, area_id: str, *, now: datetime
) -> Bulletin:
    """Broadcast it: a bulletin of the place's own, at the times of the sender's until changed.

    Raises as `get` does, and Invalid as `bulletins.compose`.
    """
    item = get(session, asking, bulletin_id, area_id, now)
    _claim(session, asking, item, "", now)
    draft = structs.replace(
        draft_of(item.bulletin), area_id=item.area_id, targets=_inside(session, item, now)
    )
    copy = reuse.copied(session, asking, item.bulletin, draft, now)
    session.get_one(InboxChoice, (item.approval_id, item.area_id)).copy_id = copy.id
    source = {"from": bulletin_id, "area": item.area_id}
    audit.record(session, asking, "bulletin.take", "bulletin", copy.id, now=now, after=source)
    return copy


def decline(
    session: Session, asking: Who, bulletin_id: str, area_id: str, reason: str, *, now: datetime
) -> None:
    """Do not broadcast it. Raises as `get` does, and Invalid without a reason."""
    reason = entered.text(reason)
    if not reason:
        raise Invalid([Problem("reason", "Ghi lý do không phát để cấp trên biết.")])
    item = get(session, asking, bulletin_id, area_id, now)
    _claim(session, asking, item, reason, now)
    said = {"area": item.area_id, "reason": reason}
    audit.record(session, asking, "bulletin.decline", "bulletin", bulletin_id, now=now, after=said)


def answers(session: Session, bulletin_id: str) -> list[Chosen]:
    """What places answered to a bulletin as it is approved now, the newest first."""
    query = _choices().where(Approval.bulletin_id == bulletin_id, Approval.voided_at.is_(None))
    return [Chosen(**row._mapping) for row in session.execute(query)]


def choosing(session: Session, bulletin: Bulletin, inside: Collection[str]) -> int:
    """How many places choose whether they broadcast it; `inside` are its targets and all below."""
    if bulletin.cls != Class.NORMAL:
        return 0
    query = select(func.count()).where(Area.id.in_(inside), Area.id != bulletin.area_id, Area.inbox)
    return session.scalar(query) or 0


def chosen(session: Session, asking: Who, now: datetime) -> list[Chosen]:
    """What this person's places answered of late, the newest first."""
    mine = [area.id for area in _theirs(session, asking)]
    query = _choices().where(InboxChoice.area_id.in_(mine), InboxChoice.at > now - LOOKED_BACK)
    return [Chosen(**row._mapping) for row in session.execute(query)]


def _choices() -> Select[str, str, str | None, str, datetime]:
    return (
        select(
            Bulletin.title,
            Area.name.label("area"),
            InboxChoice.copy_id,
            InboxChoice.reason,
            InboxChoice.at,
        )
        .join(Approval, Approval.id == InboxChoice.approval_id)
        .join(Bulletin, Bulletin.id == Approval.bulletin_id)
        .join(Area, Area.id == InboxChoice.area_id)
        .order_by(InboxChoice.at.desc(), Area.folded)
    )


def _theirs(session: Session, asking: Who) -> list[Area]:
    """The areas with an inbox in which the person writes: it is not chosen for them from above."""
    granted = asking.areas_of(Permission.COMPOSE)
    query = select(Area).where(Area.id.in_(granted), Area.inbox).order_by(Area.folded)
    return list(session.scalars(query))


def _reaches(session: Session, area: Area, bulletin_id: str, now: datetime) -> bool:
    """Whether a bulletin, of whatever state, comes from above and is aimed at the area."""
    bulletin = session.get(Bulletin, bulletin_id)
    above = areas.lineages(session, [area.id], local_day(now))[area.id]
    if bulletin is None or bulletin.area_id not in above[1:] or bulletin.cls != Class.NORMAL:
        return False
    return _aimed(session, bulletin.targets, above, now)


def _aimed(
    session: Session, targets: Collection[str], line: tuple[str, ...], now: datetime
) -> bool:
    """Whether some target is an area of this lineage, or lies within its first."""
    if not set(targets).isdisjoint(line):
        return True
    lineages = areas.lineages(session, targets, local_day(now))
    return any(line[0] in each for each in lineages.values())


def _of(session: Session, area: Area, now: datetime) -> Iterator[Item]:
    line = areas.lineages(session, [area.id], local_day(now))[area.id]
    answered = exists().where(
        and_(InboxChoice.approval_id == Approval.id, InboxChoice.area_id == area.id)
    )
    query = (
        select(Bulletin, Approval.id, Area.name)
        .join(Approval, Approval.bulletin_id == Bulletin.id)
        .join(Area, Area.id == Bulletin.area_id)
        .where(
            Bulletin.area_id.in_(line[1:]),
            Bulletin.state == BulletinState.APPROVED,
            Bulletin.cls == Class.NORMAL,
            Approval.decision == Decision.APPROVED,
            Approval.voided_at.is_(None),
            ~answered,
        )
        .order_by(Approval.at.desc(), Approval.id)
        .limit(MOST)
    )
    holidays = bulletins.holidays(session)
    for bulletin, approval_id, sender in session.execute(query):
        first_at = _next_start(heard_rule(bulletin), now, holidays)
        if first_at and _aimed(session, bulletin.targets, line, now):
            yield Item(
                bulletin=bulletin,
                approval_id=approval_id,
                area_id=area.id,
                area=area.name,
                sender=sender,
                first_at=first_at,
            )


def _next_start(rule: Rule, now: datetime, holidays: Container[date]) -> datetime | None:
    """Most have one within days: the year of a release is only counted out when that is needed."""
    for ahead in (SOON, LONGEST_RELEASE):
        if found := starts(rule, now, now + ahead, holidays):
            return found[0]
    return None


def _inside(session: Session, item: Item, now: datetime) -> tuple[str, ...]:
    """The part of its targets that lies in the place; the place itself when all of it is meant."""
    lineages = areas.lineages(session, item.bulletin.targets, local_day(now))
    inside = [target for target, line in lineages.items() if item.area_id in line]
    return tuple(inside) or (item.area_id,)


def _claim(session: Session, asking: Who, item: Item, reason: str, now: datetime) -> None:
    """Answer for the place, once: of two colleagues at the same moment one is told so."""
    row = {
        "approval_id": item.approval_id,
        "area_id": item.area_id,
        "reason": reason,
        "person_id": asking.person_id,
        "at": now,
    }
    put = insert(session, InboxChoice).values(row).on_conflict_do_nothing()
    if session.scalars(put.returning(InboxChoice.area_id)).first() is None:
        raise WrongState("Đồng nghiệp của bạn vừa chọn cho bản tin này.")
