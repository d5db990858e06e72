"""Places: where a person may have a bulletin heard, as an indented list; and whose it then is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from controller import areas
from controller.model import Area, AreaPlace
from controller.permissions import Permission, Who


class Place(Struct, frozen=True):
    """One line of the list; `depth` 0 is an area that was granted."""

    id: str
    name: str
    depth: int


def choices(session: Session, who: Who, permission: Permission, on: date) -> list[Place]:
    """The granted areas with all below them, each once, children under their parent by name."""
    roots = who.areas_of(permission)
    inside = areas.subtrees(session, roots, on)
    rows = session.scalars(select(Area).where(Area.id.in_(inside)).order_by(Area.folded))
    known = {area.id: area for area in rows}
    below: dict[str, list[str]] = defaultdict(list)
    parents = _parents(session, inside, on)
    for area_id in known:
        if area_id in parents:
            below[parents[area_id]].append(area_id)
    tops = [area_id for area_id in known if area_id in roots and parents.get(area_id) not in inside]
    return [place for top in tops for place in _lines(top, 0, known, below)]


def _parents(session: Session, inside: set[str], on: date) -> dict[str, str]:
    query = select(AreaPlace.area_id, AreaPlace.parent_id).where(
        AreaPlace.area_id.in_(inside),
        AreaPlace.valid_from <= on,
        or_(AreaPlace.valid_to.is_(None), AreaPlace.valid_to > on),
    )
    return dict(list(session.execute(query)))


def _lines(
    area_id: str, depth: int, known: dict[str, Area], below: dict[str, list[str]]
) -> list[Place]:
    area = known[area_id]
    line = Place(area.id, area.name, depth)
    return [line, *(p for child in below[area_id] for p in _lines(child, depth + 1, known, below))]


def owner(session: Session, who: Who, targets: Sequence[str], on: date, saved: str = "") -> str:
    """Whose bulletin it is: as `saved` while all targets lie in it, whoever changes it.

    Else the nearest granted area over the first target; "" when nothing is granted there, which
    the use case refuses.
    """
    granted = who.areas_of(Permission.COMPOSE)
    if not targets:
        return granted[0] if granted else ""
    lines = areas.lineages(session, targets, on)
    if all(saved in line for line in lines.values()):
        return saved
    return next((area_id for area_id in lines[targets[0]] if area_id in granted), "")


def names(session: Session, area_ids: Sequence[str]) -> list[str]:
    """What the areas are called, in their order; history included."""
    rows = session.execute(select(Area.id, Area.name).where(Area.id.in_(area_ids)))
    known = dict(list(rows))
    return [known.get(area_id, area_id) for area_id in area_ids]
