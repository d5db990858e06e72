"""The order that a commune chose is the order that is heard; an emergency is before all of it."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from planned import APPROVED, STATIONS

from contract.precedence import Standing
from contract.states import Class
from contract.windows import ALL_DAY
from scheduler.airing import Entry
from scheduler.calendar import ZONE
from scheduler.conflicts import Outcome
from scheduler.patterns import Once
from scheduler.planner import plan
from scheduler.rules import Rule

DAY = date(2028, 2, 28)
SINCE = datetime.combine(DAY, time(), ZONE)
HOURS = dict.fromkeys(STATIONS, ALL_DAY)


def wanted(number: int, cls: Class, place: int, minute: int, minutes: int) -> Entry:
    """Due within a quarter of an hour of all others, and first come in the order of the numbers."""
    since = APPROVED + timedelta(seconds=number)
    return Entry(
        standing=Standing(id=f"{cls}-{number}", cls=cls, rank=place, since=since),
        title="bản tin",
        rule=Rule(pattern=Once(DAY), times=(time(17, minute),)),
        duration_ms=minutes * 60_000,
        targets=frozenset(STATIONS),
        released_from=APPROVED,
    )


times = st.lists(st.tuples(st.integers(0, 14), st.integers(1, 20)), min_size=2, max_size=6)


@given(times.flatmap(lambda found: st.tuples(st.just(found), st.permutations(range(len(found))))))
def test_of_two_that_collide_the_one_chosen_first_is_heard_first(
    given_: tuple[list[tuple[int, int]], list[int]],
) -> None:
    found, chosen = given_
    entries = [
        wanted(number, Class.PRIORITY, place, *when)
        for number, (place, when) in enumerate(zip(chosen, found, strict=True))
    ]
    plans = plan(entries, HOURS, frozenset(), SINCE, SINCE + timedelta(days=1))
    starts = {airing.entry.id: airing for airing in plans.airings}
    for conflict in plans.conflicts:
        assert conflict.winner.standing.rank < conflict.loser.standing.rank
        assert not conflict.needs_order
        if conflict.outcome is Outcome.WAITS:
            assert starts[conflict.winner.id].ends_at <= starts[conflict.loser.id].starts_at
    same_time = plan(
        [wanted(n, Class.PRIORITY, place, 0, 5) for n, place in enumerate(chosen)],
        HOURS,
        frozenset(),
        SINCE,
        SINCE + timedelta(days=1),
    )
    heard = [airing.entry.standing.rank for airing in same_time.airings]
    assert heard == sorted(chosen), "all due at once are heard exactly as chosen"


@given(times, st.integers(0, 14), st.integers(0, 5))
def test_an_emergency_wins_against_every_place(
    found: list[tuple[int, int]], minute: int, level: int
) -> None:
    alarm = wanted(99, Class.EMERGENCY, level, minute, 10)
    others = [wanted(n, Class.PRIORITY, n, *when) for n, when in enumerate(found)]
    plans = plan([*others, alarm], HOURS, frozenset(), SINCE, SINCE + timedelta(days=1))
    (sounded,) = [airing for airing in plans.airings if airing.entry is alarm]
    assert sounded.starts_at == sounded.due_at
    for conflict in plans.conflicts:
        if alarm in (conflict.winner, conflict.loser):
            assert conflict.winner is alarm
