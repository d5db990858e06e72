"""Placed: approved bulletins as the planner takes them, each place in the order that it chose."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import StationId
from contract.states import Class
from controller.approved import Approved
from controller.fleet import Fleet
from controller.model import PriorityPlace
from scheduler.airing import Entry

Places = Mapping[str, Mapping[str, int]]
"""By approval, by area: the place among those it collides with."""

_APART = "@"  # no id of ours has it


def read_places(session: Session) -> Places:
    """All that was ever chosen; it is small, for few priority bulletins collide."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    columns = select(PriorityPlace.approval_id, PriorityPlace.area_id, PriorityPlace.place)
    for approval_id, area_id, place in session.execute(columns):
        found[approval_id][area_id] = place
    return found


def entries(one: Approved, fleet: Fleet, places: Places) -> list[Entry]:
    """One for each rank that it has on some of its stations: the nearest area's choice counts.

    `approval_of` gives back the approval that an entry stands for.
    """
    entry = one.entry(fleet)
    chosen = places.get(one.approval_id, {})
    if one.cls is not Class.PRIORITY or one.slots or not chosen:
        return [entry]
    alike: dict[int, set[StationId]] = defaultdict(set)
    for station in entry.targets:
        alike[_rank(fleet.chains[station], chosen)].add(station)
    return [_part(entry, rank, stations) for rank, stations in sorted(alike.items())] or [entry]


def approval_of(entry: Entry) -> str:
    """The id of the approval."""
    return entry.id.partition(_APART)[0]


def _rank(chain: Iterable[str], chosen: Mapping[str, int]) -> int:
    """Until someone decides all are alike."""
    return next((chosen[area] for area in chain if area in chosen), 0)


def _part(entry: Entry, rank: int, stations: set[StationId]) -> Entry:
    name = f"{entry.id}{_APART}{rank}" if rank else entry.id
    standing = structs.replace(entry.standing, id=name, rank=rank)
    return structs.replace(entry, standing=standing, targets=frozenset(stations))
