"""Groups: stations that every entry treats alike, so that a plan is made once for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from contract.ids import StationId
from contract.windows import Window
from scheduler.airing import Entry

Windows = Mapping[StationId, tuple[Window, ...]]
"""The permitted windows of each station; a station that is missing has none."""


class Group(Struct, frozen=True, eq=False):
    """Stations with the same windows that are targets of the same entries."""

    stations: frozenset[StationId]
    windows: tuple[Window, ...]


def station_groups(entries: Sequence[Entry], windows: Windows) -> list[list[Group]]:
    """For each entry the groups that make up its targets."""
    wanted: dict[StationId, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for station in entry.targets:
            wanted[station].append(number)
    alike: dict[tuple[tuple[int, ...], tuple[Window, ...]], list[StationId]] = defaultdict(list)
    for station, wanting in wanted.items():
        alike[tuple(wanting), windows.get(station, ())].append(station)
    groups: list[list[Group]] = [[] for _ in entries]
    for (numbers, hours), stations in alike.items():
        group = Group(frozenset(stations), hours)
        for number in numbers:
            groups[number].append(group)
    return groups


def stations_of(groups: Iterable[Group]) -> frozenset[StationId]:
    """All stations of the groups."""
    return frozenset().union(*(group.stations for group in groups))
