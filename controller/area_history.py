"""Area history: what areas were called on a day, what changed them, what a change would touch."""

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from controller import areas
from controller.model import Area, AreaChange, AreaKind, Bulletin, Grant, Person, Station


class Called(Struct, frozen=True):
    """An area as it was on a day."""

    id: str
    name: str
    kind: AreaKind


class Extent(Struct, frozen=True):
    """What hangs on some areas and all below them."""

    stations: int
    people: int
    bulletins: int


def as_of(session: Session, found: Collection[Area], on: date) -> list[Called]:
    """The areas by the names and kinds that they had that day, in the same order."""
    later = (
        select(AreaChange)
        .where(AreaChange.area_id.in_([area.id for area in found]))
        .where(AreaChange.day > on, AreaChange.name_before.is_not(None))
        .order_by(AreaChange.day.desc(), AreaChange.at.desc(), AreaChange.id.desc())
    )
    known = {area.id: Called(area.id, area.name, AreaKind(area.kind)) for area in found}
    for change in session.scalars(later):  # the earliest comes last
        name, kind = change.name_before or "", change.kind_before or known[change.area_id].kind
        known[change.area_id] = Called(change.area_id, name, AreaKind(kind))
    return [known[area.id] for area in found]


def changes(session: Session, area_id: str) -> list[tuple[AreaChange, str]]:
    """What decrees did to an area, the newest first, each with who entered it."""
    query = (
        select(AreaChange, Person.name)
        .join(Person, Person.id == AreaChange.person_id)
        .where(AreaChange.area_id == area_id)
        .order_by(AreaChange.day.desc(), AreaChange.at.desc(), AreaChange.id.desc())
    )
    return [(change, name) for change, name in session.execute(query)]


def extent(session: Session, area_ids: Collection[str], on: date) -> Extent:
    """How many stations, active people with a role there, and bulletins of theirs there are."""
    inside = areas.subtrees(session, area_ids, on)
    people = (
        select(func.count(Grant.person_id.distinct()))
        .join(Person, Person.id == Grant.person_id)
        .where(Person.active, Grant.area_id.in_(inside))
    )
    stations = select(func.count()).where(Station.area_id.in_(inside))
    bulletins = select(func.count()).where(Bulletin.area_id.in_(inside))
    counts = (session.scalar(query) or 0 for query in (stations, people, bulletins))
    return Extent(*counts)
