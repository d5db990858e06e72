"""Heard where: what a planned start of a bulletin means, told by groups of loudspeakers."""

from collections import defaultdict
from datetime import datetime

from msgspec import Struct

from contract.ids import StationId
from scheduler.conflicts import Outcome
from scheduler.explanation import CLASS_NAMES
from scheduler.planner import Planned
from web.dates import local


class Group(Struct, frozen=True):
    """So many stations to which the same happens."""

    count: int
    sentence: str
    tone: str  # good, wait or bad, as chips have it


def groups(planned: Planned, entry_id: str, due: datetime) -> list[Group]:
    """Each station that the start at `due` is meant for, in exactly one group; the best first.

    Those that hear it from its beginning, those where another cuts it or goes first, those where
    it is not heard at all.
    """
    given_way: dict[StationId, str] = {}
    for conflict in planned.conflicts:
        if conflict.loser.id == entry_id and conflict.outcome is Outcome.CUT:
            winner = f"“{conflict.winner.title}” ({CLASS_NAMES[conflict.winner.cls]})"
            for station in conflict.stations:
                given_way.setdefault(station, winner)
    found: dict[tuple[int, str, str], int] = defaultdict(int)
    for airing in planned.airings:
        if airing.due_at != due:
            continue
        at = f"{local(airing.starts_at):%H:%M ngày %d/%m/%Y}"
        heard = (0, f"nghe bản tin này lúc {at}", "good")
        if airing.starts_at > due:
            heard = (1, f"nghe bản tin này lúc {at}, nối sau bản tin khác", "wait")
        for station in airing.targets:
            winner = given_way.get(station, "")
            said = f"nghe {winner} trước, vì bản tin ấy được ưu tiên hơn"
            found[(2, said, "wait") if winner else heard] += 1
    for refused in planned.refused:
        if refused.due_at == due:
            found[3, f"không nghe được: {refused.message}", "bad"] += len(refused.targets)
    return [Group(count, said, tone) for (_, said, tone), count in sorted(found.items())]


def others(planned: Planned, entry_id: str) -> list[str]:
    """What becomes of the bulletins of others that give way to this one, each told once."""
    mine = (c.message for c in planned.conflicts if c.winner.id == entry_id)
    return list(dict.fromkeys(mine))
