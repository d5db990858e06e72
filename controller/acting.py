"""Acting: who decides for whom at this moment, because somebody is away."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct, structs
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from controller import areas
from controller.areas import local_day
from controller.model import Absence, Grant, Person
from controller.permissions import ALLOWED, Permission, StandIn, Who

DECIDING = frozenset(role for role, given in ALLOWED.items() if Permission.APPROVE in given)
"""Roles of which somebody can be away."""

SPEAKING = frozenset(role for role, given in ALLOWED.items() if Permission.COMPOSE in given)
"""Roles whose holders may stand in: who looks after machines or accounts decides nothing."""


class Away(Struct, frozen=True):
    """An absence that is in force or to come, with the names that people know."""

    id: str
    person_id: str
    person: str
    deputy_id: str
    deputy: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    deputy_active: bool = True  # whose account was locked meanwhile decides nothing

    def holds(self, now: datetime) -> bool:
        """Whether the person is away at that moment."""
        return self.starts_at <= now < self.ends_at


def with_stand_ins(session: Session, asking: Who, now: datetime) -> Who:
    """The same person with what those leave to them who are away just now.

    It comes from what these hold themselves, never from what was lent to them: deputies form no
    chain. It reaches no further than where the deputy works already.
    """
    query = (
        select(Absence, Person.name)
        .join(Person, Person.id == Absence.person_id)
        .where(Absence.deputy_id == asking.person_id, Absence.starts_at <= now)
        .where(Absence.ends_at > now, Absence.ended_at.is_(None), Person.active)
        .order_by(Absence.starts_at, Absence.id)
    )
    rows = list(session.execute(query))
    if not rows:
        return asking
    held = decided_by(session, [row.person_id for row, _ in rows])
    mine = {area for role, area in asking.grants if role in SPEAKING}
    lines = areas.lineages(session, {a for each in held.values() for a in each}, local_day(now))

    def reached(person_id: str) -> tuple[str, ...]:
        return tuple(area for area in held[person_id] if not mine.isdisjoint(lines[area]))

    found = [
        StandIn(row.person_id, name, row.ends_at, reached(row.person_id)) for row, name in rows
    ]
    return structs.replace(asking, stands_in=tuple(found))


def on_behalf(
    session: Session, asking: Who, permission: Permission, places: Collection[str], now: datetime
) -> str | None:
    """In whose stead a person decides about these places; None: by a right of their own."""
    if not asking.stands_in:
        return None
    lines = areas.lineages(session, places, local_day(now))
    own = set(structs.replace(asking, stands_in=()).areas_of(permission))
    left = [line for line in lines.values() if own.isdisjoint(line)]
    helps = (
        one.absent_id
        for one in asking.stands_in
        if any(not set(one.areas).isdisjoint(line) for line in left)
    )
    return next(helps, None)


def near(session: Session, area_ids: Collection[str], now: datetime) -> list[Away]:
    """Of those who decide about one of these areas who is away now or will be, the next first."""
    lines = areas.lineages(session, area_ids, local_day(now)).values()
    above = {area for line in lines for area in line}
    deciders = select(Grant.person_id).where(Grant.role.in_(DECIDING), Grant.area_id.in_(above))
    return _read(session, now, Absence.person_id.in_(deciders))


def of_person(session: Session, person_id: str, now: datetime) -> list[Away]:
    """When this person is away, now and later."""
    return _read(session, now, Absence.person_id == person_id)


def left_to(session: Session, person_id: str, now: datetime) -> list[Away]:
    """Whose stead this person takes, now and later."""
    return _read(session, now, Absence.deputy_id == person_id)


def decided_by(session: Session, person_ids: Collection[str]) -> dict[str, list[str]]:
    """The areas over which each of these people decides in their own right."""
    query = (
        select(Grant.person_id, Grant.area_id)
        .where(Grant.person_id.in_(person_ids), Grant.role.in_(DECIDING))
        .order_by(Grant.area_id)
    )
    found: dict[str, list[str]] = {id_: [] for id_ in person_ids}
    for person_id, area_id in session.execute(query):
        found[person_id].append(area_id)
    return found


def _read(session: Session, now: datetime, which: ColumnElement[bool]) -> list[Away]:
    absent, deputy = aliased(Person), aliased(Person)
    query = (
        select(Absence, absent.name, deputy.name, deputy.active)
        .join(absent, absent.id == Absence.person_id)
        .join(deputy, deputy.id == Absence.deputy_id)
        .where(which, Absence.ends_at > now, Absence.ended_at.is_(None), absent.active)
        .order_by(Absence.starts_at, Absence.id)
    )
    return [
        Away(
            id=row.id,
            person_id=row.person_id,
            person=name,
            deputy_id=row.deputy_id,
            deputy=stands_in,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            reason=row.reason,
            deputy_active=active,
        )
        for row, name, stands_in, active in session.execute(query)
    ]
