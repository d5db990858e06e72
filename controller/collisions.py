"""Collisions: priority bulletins that want the same loudspeakers, put in order by the place."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract.states import Class
from controller import areas, audit
from controller.approved import read_approved
from controller.areas import local_day
from controller.bulletins import holidays
from controller.errors import NotFound, WrongState
from controller.fleet import read_fleet_of
from controller.model import Approval, Area, Bulletin, PriorityPlace
from controller.permissions import Permission, Who
from controller.placed import approval_of, entries, read_places
from controller.planning import HORIZON
from scheduler.airing import Entry
from scheduler.planner import Planned, plan
from scheduler.priority import in_order


class Colliding(Struct, frozen=True, kw_only=True):
    """One of several. `starts_at` is when it is heard next; None: in this order, not at all."""

    approval_id: str
    title: str
    sender: str
    starts_at: datetime | None


def places(session: Session, asking: Who) -> list[Area]:
    """Where this person says what is heard first, by name."""
    granted = asking.areas_of(Permission.COMPOSE)
    return list(session.scalars(select(Area).where(Area.id.in_(granted)).order_by(Area.folded)))


def of(session: Session, asking: Who, area_id: str, now: datetime) -> list[list[Colliding]]:
    """The sets that collide in a place within a plan's reach, each in the order it is heard.

    Raises NotFound for a place that is not theirs.
    """
    if area_id not in asking.areas_of(Permission.COMPOSE):
        raise NotFound("area", area_id)
    planned = _planned(session, area_id, now)
    sets = _sets(planned)
    told = _told(session, {approval_of(entry) for each in sets for entry in each})
    starts: dict[str, datetime] = {}
    for airing in planned.airings:
        starts.setdefault(approval_of(airing.entry), airing.starts_at)
    return [[_colliding(name, told, starts) for name in _names(each)] for each in sets]


def order(
    session: Session, asking: Who, area_id: str, approvals: Sequence[str], *, now: datetime
) -> None:
    """Say in which order a set of them is heard there; the next plan follows.

    Raises NotFound, and WrongState when it is no set that collides now.
    """
    before = next(
        (each for each in of(session, asking, area_id, now) if _is(each, approvals)), None
    )
    if before is None:
        raise WrongState("Các bản tin này vừa thay đổi: xem lại thứ tự bên dưới.")
    titles = {one.approval_id: one.title for one in before}
    session.execute(
        delete(PriorityPlace).where(
            PriorityPlace.area_id == area_id, PriorityPlace.approval_id.in_(approvals)
        )
    )
    session.add_all(
        PriorityPlace(
            area_id=area_id, approval_id=name, place=place, person_id=asking.person_id, at=now
        )
        for place, name in enumerate(approvals)
    )
    session.flush()
    audit.record(
        session,
        asking,
        "area.priority_order",
        "area",
        area_id,
        now=now,
        before={"order": [one.title for one in before]},
        after={"order": [titles[name] for name in approvals]},
    )


def _planned(session: Session, area_id: str, now: datetime) -> Planned:
    """What its stations hear of priority, as the place and those above it ordered it."""
    ours = [one for one in read_approved(session, now, [Class.PRIORITY]) if not one.slots]
    if len(ours) < 2:  # before the stations of a whole province are read
        return Planned(airings=[], conflicts=[], refused=[])
    fleet = read_fleet_of(session, area_id, local_day(now))
    line = areas.lineages(session, [area_id], local_day(now))[area_id]
    chosen = {
        name: {area: place for area, place in given.items() if area in line}
        for name, given in read_places(session).items()
    }
    found = [entry for one in ours for entry in entries(one, fleet, chosen) if entry.targets]
    return plan(found, fleet.windows, holidays(session), now, now + HORIZON)


def _sets(planned: Planned) -> list[list[Entry]]:
    """What hangs together by its collisions, in order of precedence."""
    sets: list[dict[str, Entry]] = []
    for conflict in planned.conflicts:
        pair = {approval_of(entry): entry for entry in (conflict.winner, conflict.loser)}
        joined = [each for each in sets if not pair.keys().isdisjoint(each)]
        sets = [each for each in sets if each not in joined]
        sets.append({name: entry for each in (*joined, pair) for name, entry in each.items()})
    return [in_order(each.values()) for each in sets if len(each) > 1]


def _names(found: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(approval_of(entry) for entry in found))


def _told(session: Session, approvals: set[str]) -> dict[str, tuple[str, str]]:
    query = (
        select(Approval.id, Bulletin.title, Area.name)
        .join(Bulletin, Bulletin.id == Approval.bulletin_id)
        .join(Area, Area.id == Bulletin.area_id)
        .where(Approval.id.in_(approvals))
    )
    return {name: (title, sender) for name, title, sender in session.execute(query)}


def _colliding(
    name: str, told: dict[str, tuple[str, str]], starts: dict[str, datetime]
) -> Colliding:
    title, sender = told[name]
    return Colliding(approval_id=name, title=title, sender=sender, starts_at=starts.get(name))


def _is(each: list[Colliding], approvals: Sequence[str]) -> bool:
    named = {one.approval_id for one in each}
    return named == set(approvals) and len(each) == len(approvals)
