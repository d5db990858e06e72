"""Fleet: every active station with the areas it lies in and the hours it may sound.

Read once for work over all stations, so that nothing is asked of the database per station.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from contract.ids import StationId
from contract.windows import ALL_DAY, Window
from controller import areas
from controller.model import Area, ForeignBox, Station

Chain = tuple[str, ...]


class Fleet(Struct, frozen=True, eq=False):
    """Stations by what they lie in.

    `chains` are the areas of each station, nearest first; `windows` its permitted hours, the
    whole day for a virtual one, which wakes nobody;
    `members` the stations of each area, and each station under its own id; `foreign` are the
    boxes of other makers, which get no plan of ours; `boxed` is when a station's box took the
    place of another, where one did; `choosing` are the areas that choose themselves what they
    broadcast of the normal bulletins from above.
    """

    chains: dict[StationId, Chain]
    windows: dict[StationId, tuple[Window, ...]]
    members: dict[str, frozenset[StationId]]
    foreign: frozenset[StationId] = frozenset()
    boxed: Mapping[StationId, datetime] = {}
    choosing: frozenset[str] = frozenset()

    @property
    def ours(self) -> list[StationId]:
        """The stations that run our agent, by id."""
        return [station for station in self.chains if station not in self.foreign]

    def under(self, targets: Iterable[str]) -> frozenset[StationId]:
        """The stations in these areas; a target may also name a single station."""
        found: set[StationId] = set()
        for target in targets:
            found |= self.members.get(target, frozenset())
        return frozenset(found)

    def unasked(self, area_id: str, targets: Iterable[str]) -> frozenset[StationId]:
        """Those that sound a normal bulletin of this area unasked: no area between chooses."""
        found = self.under(targets)
        if not self.choosing:
            return found
        return frozenset(each for each in found if not self._asks(each, area_id))

    def _asks(self, station: StationId, area_id: str) -> bool:
        chain = self.chains[station]
        below = chain[: chain.index(area_id)] if area_id in chain else ()
        return not self.choosing.isdisjoint(below)

    def whom(self, name: str) -> str:
        """Whether a target is a "station" or an "area", as topics say it."""
        return "station" if name in self.chains else "area"

    def areas_of(self, names: Iterable[str]) -> list[str]:
        """The areas that targets stand in; a single station stands for its nearest area."""
        return [self.chains[StationId(name)][0] if name in self.chains else name for name in names]

    def cover(self, stations: frozenset[StationId]) -> list[str]:
        """The fewest targets that mean exactly these stations: whole areas, else single ones."""
        inside = [name for name, members in self.members.items() if members <= stations]
        inside.sort(key=lambda name: (-len(self.members[name]), name in self.chains, name))
        left, found = set(stations), []
        for name in inside:  # areas are nested or apart, so the widest first is the fewest
            if self.members[name] <= left:
                found.append(name)
                left -= self.members[name]
        return found


def read_fleet(session: Session, on: date) -> Fleet:
    """The active stations, as the tree of areas stands on a day of the villages."""
    return _read(session, on, Station.active.is_(True))


def read_fleet_of(session: Session, area_id: str, on: date) -> Fleet:
    """Those in one area, as if there were no others."""
    inside = areas.subtrees(session, [area_id], on)
    return _read(session, on, Station.active.is_(True) & Station.area_id.in_(inside))


def read_fleet_for(session: Session, targets: Collection[str], on: date) -> Fleet:
    """Those that targets mean, areas or single stations, as if there were no others."""
    inside = areas.subtrees(session, targets, on)
    meant = Station.area_id.in_(inside) | Station.id.in_(targets)
    return _read(session, on, Station.active.is_(True) & meant)


def _read(session: Session, on: date, which: ColumnElement[bool]) -> Fleet:
    query = select(Station.id, Station.area_id, Station.boxed_at, Station.virtual).where(which)
    rows = session.execute(query.order_by(Station.id)).all()
    homes = [(StationId(station), area) for station, area, *_ in rows]
    unheard = {StationId(station) for station, _, _, virtual in rows if virtual}  # by nobody
    wanted = {area for _, area in homes}
    lineages = areas.lineages(session, wanted, on)
    windows = areas.permitted_windows(session, wanted, on)
    chains = {station: lineages[area] for station, area in homes}
    return Fleet(
        chains=chains,
        windows={
            station: ALL_DAY if station in unheard else windows[area] for station, area in homes
        },
        members=_members(chains),
        foreign=frozenset(StationId(id_) for id_ in session.scalars(select(ForeignBox.station_id))),
        boxed={StationId(station): at for station, _, at, _ in rows if at},
        choosing=frozenset(session.scalars(select(Area.id).where(Area.inbox))),
    )


def _members(chains: dict[StationId, Chain]) -> dict[str, frozenset[StationId]]:
    found: dict[str, set[StationId]] = defaultdict(set)
    for station, chain in chains.items():
        for name in (*chain, station):
            found[name].add(station)
    return {name: frozenset(stations) for name, stations in found.items()}
