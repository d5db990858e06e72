"""What is foreseen for each loudspeaker is what it would sound."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contract.precedence import Standing, precedence_key
from contract.states import Class
from contract.windows import Window
from scheduler.airing import Entry
from scheduler.patterns import Daily
from scheduler.planner import Planned, plan
from scheduler.preview import preview
from scheduler.rules import Rule, starts
from web.heard_where import groups

NOW = datetime(2026, 12, 1, tzinfo=UTC)
UNTIL = NOW + timedelta(days=1)
STATIONS = ("a", "b", "c", "d")
ALL_DAY = dict.fromkeys(STATIONS, (Window("00:00", "24:00"),))


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    return [
        Entry(
            standing=Standing(
                id=str(number),
                cls=draw(st.sampled_from([Class.PRIORITY, Class.NORMAL])),
                rank=0,
                since=NOW + timedelta(seconds=number),
            ),
            title=f"Tin {number}",
            rule=Rule(pattern=Daily(), times=(time(17, draw(st.integers(0, 6))),)),
            duration_ms=draw(st.integers(1, 5)) * 60_000,
            targets=draw(st.frozensets(st.sampled_from(STATIONS), min_size=1)),
            released_from=NOW,
        )
        for number in range(draw(st.integers(1, 4)))
    ]


def sounds(planned: Planned, station: str, at: datetime) -> str:
    """The entry that a station sounds: the first in precedence of those on the air."""
    on = [a for a in planned.airings if station in a.targets and a.starts_at <= at < a.ends_at]
    return min(on, key=lambda a: precedence_key(a.entry.standing)).entry.id if on else ""


@given(entries())
def test_each_station_is_told_what_it_sounds(found: list[Entry]) -> None:
    mine = found[-1]
    [due] = starts(mine.rule, NOW, UNTIL, ())
    seen = preview(mine, found[:-1], windows=ALL_DAY, holidays=(), now=NOW, until=UNTIL)
    told = groups(seen, due)
    assert sum(group.count for group in told) == len(mine.targets)
    whole = plan(found, ALL_DAY, (), NOW, UNTIL)
    heard = Counter(
        sounds(whole, station, airing.starts_at) == mine.id
        for airing in whole.airings
        if airing.entry.id == mine.id
        for station in airing.targets
    )
    begins = sum(group.count for group in told if "nghe bản tin này lúc" in group.sentence)
    assert begins == heard[True]
    assert sum(g.count for g in told if g.sentence.startswith("nghe “")) == heard[False]
