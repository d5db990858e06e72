"""Report: what was to be heard over a period and what was, read from the tally.

Only `aired` and `partial` count as played; `unverified` and `pending` stand by themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, TypeVar

from msgspec import Struct, field
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from contract.states import Verdict
from controller import areas
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Airing, Bulletin, Station, StationVerdict, Tally
from controller.permissions import Permission, Who, scope
from controller.tally import Told, standing

SAMPLES_PER_S = 48_000
MOST_CONTENTS = 20
"""As many as a page shows of what was said, the longest first; the sheet too."""

Key = TypeVar("Key", bound=Hashable)


class Sought(Struct, frozen=True, kw_only=True):
    """Airings that begin in [since, until); what is not said does not narrow."""

    since: datetime
    until: datetime
    area: str = ""  # and all below it
    field: int | None = None
    cls: int | None = None


class Figures(Struct, kw_only=True):
    """What is counted, one for each station and airing."""

    verdicts: Counter[str] = field(default_factory=Counter)
    late: int = 0
    asked_s: float = 0
    played_s: float = 0

    @property
    def asked(self) -> int:
        """How many times some station was to sound."""
        return sum(self.verdicts.values())

    @property
    def share(self) -> float:
        """Played of requested time, 0 to 1. Ends are planned to the next whole millisecond."""
        if self.asked_s - self.played_s <= self.asked * 0.001:
            return 1.0 if self.asked else 0.0
        return self.played_s / self.asked_s

    def add(self, verdict: str, stations: int, late: int, ms: int, samples: int) -> None:
        """Count some more."""
        self.verdicts[verdict] += stations
        self.late += late
        self.asked_s += ms / 1000
        self.played_s += samples / SAMPLES_PER_S


class Content(Struct, frozen=True):
    """One bulletin that was to be heard, `times` times."""

    bulletin: str
    title: str
    times: int
    figures: Figures


class Place(Struct, frozen=True):
    """A commune, or what stands outside of one."""

    id: str
    name: str
    figures: Figures


class Report(Struct, frozen=True, kw_only=True):
    """The same verdicts counted in four ways; `reasons` are of what was not wholly played."""

    total: Figures
    places: list[Place]  # where the smallest share was played comes first
    fields: Mapping[int, Figures]
    classes: Mapping[int, Figures]
    reasons: Mapping[tuple[str, str], int]  # (verdict, cause)
    contents: list[Content]
    stations: list[tuple[Station, Figures]]  # of one commune; else empty


_SUMS = [
    func.sum(column)
    for column in (Tally.stations, Tally.late, Tally.asked_ms, Tally.played_samples)
]


class _Line(NamedTuple):
    """One sum of tallies."""

    area: str
    bulletin: str
    cls: int
    verdict: str
    cause: str
    stations: int
    late: int
    asked_ms: int
    played_samples: int


def read(session: Session, asking: Who, sought: Sought, *, now: datetime) -> Report:
    """Of the places whose stations this person may see. Raises NotFound where there is none."""
    inside = reach(session, asking, sought.area, now=now)
    lines = _lines(session, sought, inside)
    subjects = _subjects(session, sought)
    communes = areas.communes(session, {line.area for line in lines}, local_day(now))
    reasons: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.verdict not in (Verdict.AIRED, Verdict.PENDING):
            reasons[line.verdict, line.cause] += line.stations
    places = _by(lines, lambda line: communes[line.area])
    return Report(
        total=_by(lines, lambda _: "").get("", Figures()),
        places=[Place(*place, one) for place, one in sorted(places.items(), key=_worst_first)],
        fields=dict(sorted(_by(lines, lambda line: subjects[line.bulletin]).items())),
        classes=dict(sorted(_by(lines, lambda line: line.cls).items())),
        reasons=dict(reasons.most_common()),
        contents=_contents(session, sought, inside, lines),
        stations=_stations(session, sought, inside) if sought.area and len(places) == 1 else [],
    )


def reach(session: Session, asking: Who, area: str, *, now: datetime) -> set[str]:
    """The places below an area, or of the person, whose stations they may see. Raises NotFound."""
    on = local_day(now)
    visible = scope(session, asking, Permission.SEE_STATIONS, on)
    if not visible or (area and area not in visible):
        raise NotFound("area", area)
    return visible & areas.subtrees(session, [area], on) if area else visible


def _lines(session: Session, sought: Sought, inside: Collection[str]) -> list[_Line]:
    keys = (Tally.area_id, Airing.bulletin_id, Airing.cls, Tally.verdict, Tally.cause)
    query = (
        select(*keys, *_SUMS)
        .join(Airing, Airing.id == Tally.airing_id)
        .where(*_conditions(sought), _lies_in(inside))
        .group_by(*keys)
    )
    return [_Line(*row[:5], *map(int, row[5:])) for row in session.execute(query)]


def _lies_in(inside: Collection[str]) -> ColumnElement[bool]:
    """Not by the index: SQLite would look each airing up in each of a hundred places."""
    return Tally.area_id.concat("").in_(inside)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found = [Airing.starts_at >= sought.since, Airing.starts_at < sought.until]
    if sought.field is not None:
        of_field = select(Bulletin.id).where(Bulletin.field == sought.field)
        found.append(Airing.bulletin_id.in_(of_field))
    if sought.cls is not None:
        found.append(Airing.cls == sought.cls)
    return found


def _by(lines: Iterable[_Line], key: Callable[[_Line], Key]) -> dict[Key, Figures]:
    found: dict[Key, Figures] = defaultdict(Figures)
    for line in lines:
        found[key(line)].add(line.verdict, *line[5:])
    return dict(found)


def _worst_first(place: tuple[tuple[str, str], Figures]) -> tuple[float, str]:
    (_, name), figures = place
    return figures.share, name


def _subjects(session: Session, sought: Sought) -> dict[str, int]:
    """The field of each bulletin that was to be heard."""
    heard = select(Airing.bulletin_id).where(*_conditions(sought))
    fields = select(Bulletin.id, Bulletin.field).where(Bulletin.id.in_(heard))
    return dict(list(session.execute(fields)))


def _contents(
    session: Session, sought: Sought, inside: Collection[str], lines: Iterable[_Line]
) -> list[Content]:
    """The bulletins with the most requested time."""
    figures = _by(lines, lambda line: line.bulletin)
    longest = sorted(figures, key=lambda one: (-figures[one].asked_s, one))[:MOST_CONTENTS]
    there = exists().where(Tally.airing_id == Airing.id, _lies_in(inside))
    query = (
        select(Bulletin.id, Bulletin.title, func.count())
        .join(Airing, Airing.bulletin_id == Bulletin.id)
        .where(*_conditions(sought), Bulletin.id.in_(longest), there)
        .group_by(Bulletin.id, Bulletin.title)
    )
    told = {of: (title, times) for of, title, times in session.execute(query)}
    return [Content(of, *told[of], figures[of]) for of in longest]


def _stations(
    session: Session, sought: Sought, inside: Collection[str]
) -> list[tuple[Station, Figures]]:
    """Each station of a commune, from the ledger: of the airings that the tally has there."""
    there = (
        select(Airing.id, Airing.starts_at, Airing.ends_at)
        .join(Tally, Tally.airing_id == Airing.id)
        .where(*_conditions(sought), _lies_in(inside))
        .distinct()
    )
    asked = {
        of: round((end - start).total_seconds() * 1000) for of, start, end in session.execute(there)
    }
    known = session.scalars(select(Station).where(Station.area_id.in_(inside)))
    found = {one.id: (one, Figures()) for one in known}
    for some in _batches(sorted(asked)):
        rows = select(StationVerdict.station_id, StationVerdict.airing_id, *_TOLD).where(
            StationVerdict.airing_id.in_(some), StationVerdict.station_id.in_(found)
        )
        for station, airing, *told in session.execute(rows):
            one = standing(Told(*told))
            figures = found[station][1]
            figures.add(one.verdict, 1, one.late, asked[airing], one.played_samples)
    return sorted((each for each in found.values() if each[1].asked), key=lambda each: each[0].name)


_TOLD = [getattr(StationVerdict, name) for name in Told._fields]


def _batches(ids: list[str]) -> Iterable[list[str]]:
    """At most 1,000 at a time: a statement takes only so many."""
    return (ids[n : n + 1_000] for n in range(0, len(ids), 1_000))
