"""Who may do what, and where: the table of roles, and the one question asked of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas
from controller.errors import NotFound
from controller.model import Grant, Person, Role


class Permission(StrEnum):
    """One kind of act. docs/decisions/0001 explains each."""

    SEE_BULLETINS = "see_bulletins"
    COMPOSE = "compose"  # and edit, listen, submit, withdraw
    RAISE_EMERGENCY = "raise_emergency"  # compose in class 1
    APPROVE = "approve"  # or give back; never one's own
    APPROVE_EMERGENCY = "approve_emergency"
    STOP = "stop"  # stop what sounds, cancel an airing, give the all-clear
    SEE_STATIONS = "see_stations"
    MANAGE_STATIONS = "manage_stations"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_AREAS = "manage_areas"  # and their permitted hours
    SEE_AUDIT = "see_audit"
    TEACH_READINGS = "teach_readings"  # how the voice reads a word there
    MANAGE_SOURCES = "manage_sources"  # whose programmes may be taken over there


_LOOK = frozenset({Permission.SEE_BULLETINS, Permission.SEE_STATIONS})
_WRITE = frozenset(
    {
        Permission.COMPOSE,
        Permission.RAISE_EMERGENCY,
        Permission.STOP,
        Permission.TEACH_READINGS,
    }
)

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: _LOOK | _WRITE,
    Role.APPROVER: _LOOK
    | _WRITE
    | {Permission.APPROVE, Permission.APPROVE_EMERGENCY, Permission.MANAGE_SOURCES},
    Role.STAFF: _LOOK | _WRITE | {Permission.MANAGE_SOURCES},
    Role.TECHNICIAN: frozenset(
        {Permission.SEE_STATIONS, Permission.MANAGE_STATIONS, Permission.STOP}
    ),
    Role.ADMINISTRATOR: _LOOK
    | {
        Permission.MANAGE_STATIONS,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_AREAS,
        Permission.SEE_AUDIT,
    },
    Role.AUDITOR: _LOOK | {Permission.SEE_AUDIT},
}
"""A grant of a role holds over an area and everything below it."""


LENT = frozenset({Permission.APPROVE, Permission.APPROVE_EMERGENCY})
"""What a deputy gets of whoever is away: to decide, and nothing else."""


class StandIn(Struct, frozen=True):
    """Somebody who is away until then, for whom a person decides in these areas."""

    absent_id: str
    absent_name: str
    until: datetime
    areas: tuple[str, ...]


class Who(Struct, frozen=True):
    """Somebody who asks for something: a signed-in person with the grants of this moment.

    Through a key of theirs (controller.api.keys) a program asks in their name, and `only` says
    what it may of what they may. `stands_in` (controller.acting) is no part of a key's.
    """

    person_id: str
    name: str
    grants: tuple[tuple[Role, str], ...]  # (role, area id)
    only: frozenset[Permission] = frozenset(Permission)
    key_id: str = ""
    stands_in: tuple[StandIn, ...] = ()

    def areas_of(self, permission: Permission) -> tuple[str, ...]:
        """The areas over which they have the permission, each with all below it."""
        if permission not in self.only:
            return ()
        own = [area for role, area in self.grants if permission in ALLOWED[role]]
        lent = [area for one in self.stands_in for area in one.areas] if permission in LENT else []
        return tuple(dict.fromkeys(own + lent))

    def besides(self, absent_ids: Collection[str]) -> "Who":
        """The same without what these people, while away, left to them."""
        kept = tuple(one for one in self.stands_in if one.absent_id not in absent_ids)
        return structs.replace(self, stands_in=kept)


def who(session: Session, person_id: str) -> Who:
    """The active person with their grants. Raises NotFound."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound("person", person_id)
    grants = session.scalars(select(Grant).where(Grant.person_id == person_id))
    return Who(person.id, person.name, tuple((Role(g.role), g.area_id) for g in grants))


def can(session: Session, asking: Who, permission: Permission, area_id: str, on: date) -> bool:
    """Whether some grant of the permission lies on the area or above it on that day."""
    granted = set(asking.areas_of(permission))
    return not granted.isdisjoint(areas.lineages(session, [area_id], on)[area_id])


def scope(session: Session, asking: Who, permission: Permission, on: date) -> set[str]:
    """Every area id for which `can` says yes: what lists are filtered by."""
    return areas.subtrees(session, asking.areas_of(permission), on)


def holders(
    session: Session,
    permission: Permission,
    area_id: str,
    on: date,
    besides: Iterable[str] = (),
) -> list[str]:
    """The names of the active people for whom `can` says yes, without the ids in `besides`."""
    roles = [role for role, given in ALLOWED.items() if permission in given]
    line = areas.lineages(session, [area_id], on)[area_id]
    query = (
        select(Person.name)
        .join(Grant, Grant.person_id == Person.id)
        .where(
            Person.active,
            Person.id.not_in(list(besides)),
            Grant.role.in_(roles),
            Grant.area_id.in_(line),
        )
    )
    return list(session.scalars(query.distinct().order_by(Person.name)))


def require(
    session: Session, asking: Who, permission: Permission, area_ids: Iterable[str], on: date
) -> None:
    """Raises NotFound for the first area where the permission is missing.

    Never "forbidden": whoever may not touch a thing shall not learn that it exists.
    """
    wanted = list(area_ids)
    granted = set(asking.areas_of(permission))
    lineages = areas.lineages(session, wanted, on)
    for area_id in wanted:
        if granted.isdisjoint(lineages[area_id]):
            raise NotFound("area", area_id)
