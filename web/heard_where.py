"""Heard where: what a planned start of a bulletin means, told by groups of loudspeakers."""

from collections import defaultdict
from datetime import datetime

from msgspec import Struct

from contract.ids import StationId
from scheduler.airing import Airing
from scheduler.conflicts import Conflict, Outcome
from scheduler.explanation import CLASS_NAMES
from scheduler.planner import Planned
from web.dates import local


class Group(Struct, frozen=True):
    """So many stations to which the same happens."""

    count: int
    sentence: str


def groups(planned: Planned, due: datetime) -> list[Group]:
    """Of a preview: each station that a start is meant for, in exactly one group; the best first.

    Those that hear it from its beginning, those where another cuts it or goes first, those where
    it is not heard at all.
    """
    found: dict[tuple[int, str], int] = defaultdict(int)
    for airing in planned.airings:
        if airing.due_at == due:
            winners = _winners(planned, airing)
            for station in airing.targets:
                found[_fate(airing, winners.get(station))] += 1
    for refused in planned.refused:
        if refused.due_at == due:
            found[4, f"không nghe được: {refused.message}"] += len(refused.targets)
    return [Group(count, said) for (_, said), count in sorted(found.items())]


def _winners(planned: Planned, airing: Airing) -> dict[StationId, Conflict]:
    """By station the first that takes the air from this airing."""
    found: dict[StationId, Conflict] = {}
    for conflict in planned.conflicts:
        cut = conflict.outcome is Outcome.CUT and conflict.loser.id == airing.entry.id
        if cut and airing.starts_at <= conflict.at < airing.ends_at:
            for station in conflict.stations:
                found.setdefault(station, conflict)
    return found


def _fate(airing: Airing, cut: Conflict | None) -> tuple[int, str]:
    """What a station does with an airing: its place in the list, and a sentence."""
    at = f"nghe bản tin này lúc {local(airing.starts_at):%H:%M ngày %d/%m/%Y}"
    if cut is None and airing.starts_at == airing.due_at:
        return 0, at
    if cut is None:
        return 1, f"{at}, nối sau bản tin khác"
    winner = f"“{cut.winner.title}” ({CLASS_NAMES[cut.winner.cls]})"
    if cut.at > airing.starts_at:
        return 2, f"{at}, rồi bị {winner} chen vào, vì được ưu tiên hơn"
    return 3, f"nghe {winner} trước, vì được ưu tiên hơn"


def others(planned: Planned, entry_id: str) -> list[str]:
    """What becomes of the bulletins of others that give way to this one, each told once."""
    mine = (c.message for c in planned.conflicts if c.winner.id == entry_id)
    return list(dict.fromkeys(mine))
