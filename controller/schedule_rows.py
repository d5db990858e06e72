"""Schedule rows: the places that a schedule has a line for, and what touches each of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from controller import areas
from controller.model import Area, AreaKind, AreaPlace, Station


class Aimed(Protocol):
    """Whatever is to be heard in areas and by single stations."""

    @property
    def targets(self) -> Sequence[str]: ...


AnAimed = TypeVar("AnAimed", bound=Aimed)


class Row(Struct, frozen=True, kw_only=True):
    """A place with its own line.

    `members` are the areas whose stations count as its own, `homes` those that have some.
    """

    id: str
    name: str
    members: frozenset[str]
    homes: frozenset[str]
    above: frozenset[str]


def read(session: Session, tops: Collection[str], on: date) -> list[Row]:
    """The communes below `tops`, as the tree stood that day; each station lies in one row."""
    inside = areas.subtrees(session, tops, on)
    query = select(Area.id, Area.name, Area.kind).where(Area.id.in_(inside)).order_by(Area.folded)
    rows = session.execute(query).all()
    names, kinds = ({row[0]: row[n] for row in rows} for n in (1, 2))
    hung = select(AreaPlace.area_id, AreaPlace.parent_id).where(
        AreaPlace.area_id.in_(inside),
        AreaPlace.valid_from <= on,
        or_(AreaPlace.valid_to.is_(None), AreaPlace.valid_to > on),
    )
    parents = dict(list(session.execute(hung)))
    homes = _homes(session, inside)
    heads = heads_of(kinds, parents, tops, homes)
    over_all = areas.lineages(session, tops, on)
    return [
        Row(
            id=id_,
            name=names[id_],
            members=frozenset(members),
            homes=homes.intersection(members),
            above=_above(id_, parents, over_all),
        )
        for id_, members in heads.items()
    ]


def _above(
    area_id: str, parents: Mapping[str, str], over_all: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """Those over it: up to the area that was asked for, and over that."""
    found: set[str] = set(over_all.get(area_id, ()))
    one = area_id
    while one not in over_all and one in parents:
        one = parents[one]
        found |= {one, *over_all.get(one, ())}
    return frozenset(found - {area_id})


def one(session: Session, area_id: str, on: date) -> Row:
    """The line of one place with all below it."""
    above = areas.lineages(session, [area_id], on)[area_id][1:]
    members = frozenset({area_id, *areas.subtrees(session, [area_id], on)})
    return Row(
        id=area_id,
        name=areas.get(session, area_id).name,
        members=members,
        homes=_homes(session, members),
        above=frozenset(above),
    )


def _homes(session: Session, inside: Collection[str]) -> frozenset[str]:
    """The areas in which stations stand."""
    query = select(Station.area_id).where(Station.active, Station.area_id.in_(inside))
    return frozenset(session.scalars(query.distinct()))


def heads_of(
    known: Mapping[str, str],
    parents: Mapping[str, str],
    tops: Collection[str],
    homes: Collection[str],
) -> dict[str, set[str]]:
    """The areas that head a row, in the order of `known`, with those that they speak for.

    That is each commune, else whatever hangs directly below `tops`; and by itself each other area
    in which stations stand.
    """
    chosen = {id_ for id_, kind in known.items() if kind == AreaKind.COMMUNE}
    chosen -= {id_ for id_ in tops if any(parents.get(other) == id_ for other in known)}
    if not chosen:
        chosen = {id_ for id_ in known if parents.get(id_) in tops}
    heads: dict[str, set[str]] = {id_: set() for id_ in known}
    for id_ in known:
        head = _head(id_, parents, chosen)
        if head in chosen:
            heads[head].add(id_)
        elif id_ in homes or not chosen:
            heads[id_].add(id_)
    return {id_: members for id_, members in heads.items() if members}


def _head(area_id: str, parents: Mapping[str, str], chosen: Collection[str]) -> str:
    """The nearest chosen area at or above; "" for none."""
    while area_id and area_id not in chosen:
        area_id = parents.get(area_id, "")
    return area_id


def touching(
    rows: Sequence[Row], some: Iterable[AnAimed], homes: Mapping[str, str]
) -> dict[str, list[AnAimed]]:
    """Of each row what is aimed at it, at something in it or at something above it.

    `homes` are the areas of the single stations among the targets.
    """
    by_name: dict[str, list[str]] = {}
    for row in rows:
        for name in row.members | row.above:
            by_name.setdefault(name, []).append(row.id)
    inside = {name: row.id for row in rows for name in row.members}
    found: dict[str, list[AnAimed]] = {row.id: [] for row in rows}
    for one in some:
        touched: set[str] = set()
        for target in one.targets:
            home = homes.get(target)
            touched.update(by_name.get(target, ()) if home is None else {inside.get(home, "")})
        for row_id in touched & found.keys():
            found[row_id].append(one)
    return found


def homes_of(session: Session, some: Iterable[Aimed]) -> dict[str, str]:
    """In which area the single stations among the targets stand."""
    named = {target for one in some for target in one.targets}
    query = select(Station.id, Station.area_id).where(Station.id.in_(named))
    return dict(list(session.execute(query)))
