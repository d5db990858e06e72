"""Reach: which people an administrator sees, and which of them they look after."""

from collections.abc import Collection
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from controller import entered
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Area, Grant, Person, Role
from controller.model.folding import folded
from controller.permissions import Permission, Who, require, scope


class Sought(Struct, frozen=True, kw_only=True):
    """Which people; what is not said does not matter."""

    words: str = ""
    role: Role | None = None
    active: bool = True


def held(session: Session, person_id: str) -> list[tuple[Role, str]]:
    """What a person was given, active or not: roles with their areas, in a steady order."""
    return held_by(session, [person_id])[person_id]


def held_by(session: Session, ids: Collection[str]) -> dict[str, list[tuple[Role, str]]]:
    """The same of several people, by id."""
    query = select(Grant).where(Grant.person_id.in_(ids)).order_by(Grant.role, Grant.area_id)
    found: dict[str, list[tuple[Role, str]]] = {id_: [] for id_ in ids}
    for grant in session.scalars(query):
        found[grant.person_id].append((Role(grant.role), grant.area_id))
    return found


def areas_of(grants: Collection[tuple[Role, str]]) -> set[str]:
    """The areas over which something was given."""
    return {area_id for _, area_id in grants}


def listed(
    session: Session, asking: Who, sought: Sought, *, on: date, limit: int, offset: int = 0
) -> list[Person]:
    """People with a grant inside the administrator's areas, by name; also those with others."""
    query = _with_grant_in(scope(session, asking, Permission.MANAGE_PEOPLE, on), sought.role)
    words = folded(entered.line(sought.words))
    found = select(Person).where(
        Person.id.in_(query),
        Person.active.is_(sought.active),
        or_(
            Person.folded.contains(words, autoescape=True),
            Person.login.contains(words, autoescape=True),
        ),
    )
    ordered = found.order_by(Person.folded, Person.id).limit(limit).offset(offset)
    return list(session.scalars(ordered))


def seen(session: Session, asking: Who, person_id: str, *, now: datetime) -> Person:
    """A person with some role in the administrator's areas. Raises NotFound.

    Whoever has roles elsewhere too is seen, but looked after by somebody over all of them.
    """
    person = session.get(Person, person_id)
    reach = scope(session, asking, Permission.MANAGE_PEOPLE, local_day(now))
    if person is not None and not reach.isdisjoint(areas_of(held(session, person_id))):
        return person
    return managed(session, asking, person_id, now=now)


def managed(session: Session, asking: Who, person_id: str, *, now: datetime) -> Person:
    """A person all of whose grants lie in the administrator's areas. Raises NotFound.

    A grant over an area that is no more gives nothing, and keeps nobody from managing its holder.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person", person_id)
    places = _standing(session, areas_of(held(session, person_id)), local_day(now))
    try:
        require(session, asking, Permission.MANAGE_PEOPLE, places, local_day(now))
    except NotFound as error:
        raise NotFound("person", person_id) from error
    if not places and not asking.areas_of(Permission.MANAGE_PEOPLE):
        raise NotFound("person", person_id)
    return person


def _with_grant_in(area_ids: set[str], role: Role | None) -> Select[str]:
    query = select(Grant.person_id).where(Grant.area_id.in_(area_ids))
    return query if role is None else query.where(Grant.role == role)


def _standing(session: Session, area_ids: set[str], on: date) -> set[str]:
    return area_ids - set(
        session.scalars(select(Area.id).where(Area.id.in_(area_ids), Area.valid_to <= on))
    )
