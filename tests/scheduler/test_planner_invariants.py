"""What holds for every plan, whatever the entries."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from planned import APPROVED, STATIONS, at

from contract.ids import StationId
from contract.precedence import Standing, precedence_key
from contract.states import Class, Resume
from contract.windows import ALL_DAY, Window, allows
from scheduler.airing import Airing, Entry
from scheduler.calendar import ZONE
from scheduler.patterns import Daily, MonthlyDays, Once, Yearly
from scheduler.planner import Planned, plan
from scheduler.rules import Rule, starts

SINCE = datetime(2028, 2, 28, tzinfo=ZONE)  # a leap day and the end of a month lie ahead
UNTIL = SINCE + timedelta(days=3)
NO_HOLIDAYS: frozenset[date] = frozenset()

minutes = st.integers(0, 24 * 60 - 1)
entries = st.builds(
    lambda cls, rank, since_s, pattern, times, duration_m, targets, resume: Entry(
        standing=Standing(id="", cls=cls, rank=rank, since=APPROVED + timedelta(seconds=since_s)),
        title="bản tin",
        rule=Rule(pattern=pattern, times=tuple(at(m // 60, m % 60).time() for m in times)),
        duration_ms=duration_m * 60_000,
        targets=targets,
        released_from=APPROVED,
        resume=resume,
    ),
    cls=st.sampled_from(Class),
    rank=st.integers(0, 2),
    since_s=st.integers(0, 3),
    pattern=st.sampled_from(
        [Daily(), MonthlyDays((-1,)), MonthlyDays((1, 29)), Yearly(29, 2), Once(date(2028, 2, 29))]
    ),
    # few different times, so that entries do collide; midnight is crossed from 23:50
    times=st.lists(st.sampled_from([330, 332, 340, 1020, 1430]), min_size=1, max_size=3),
    duration_m=st.sampled_from([1, 5, 15, 55]),
    targets=st.frozensets(st.sampled_from(sorted(STATIONS))),
    resume=st.sampled_from(Resume),
)
hours = st.sampled_from([ALL_DAY, (Window("05:30", "06:30"),), (), (Window("05:35", "18:00"),)])
windows = st.fixed_dictionaries(dict.fromkeys(STATIONS, hours))
Windows = dict[StationId, tuple[Window, ...]]


def named(found: list[Entry]) -> list[Entry]:
    return [_with_id(entry, f"e{number}") for number, entry in enumerate(found)]


def _with_id(entry: Entry, name: str) -> Entry:
    facts = {field: getattr(entry, field) for field in entry.__struct_fields__}
    old = entry.standing
    facts["standing"] = Standing(id=name, cls=old.cls, rank=old.rank, since=old.since)
    return Entry(**facts)


batches = st.lists(entries, max_size=7).map(named)


def planned(found: list[Entry], hours: Windows) -> Planned:
    return plan(found, hours, NO_HOLIDAYS, SINCE, UNTIL)


def places(airing: Airing) -> list[tuple[str, datetime, datetime, StationId]]:
    return [(airing.entry.id, airing.due_at, airing.starts_at, s) for s in airing.targets]


@given(batches, windows)
def test_each_station_of_each_due_start_is_either_on_the_air_or_refused_with_a_reason(
    found: list[Entry], hours: Windows
) -> None:
    plans = planned(found, hours)
    settled = Counter(
        [(a.entry.id, a.due_at, s) for a in plans.airings for s in a.targets if a.due_at >= SINCE]
        + [(r.entry.id, r.due_at, s) for r in plans.refused for s in r.targets]
    )
    due = Counter(
        (entry.id, start, station)
        for entry in found
        for start in starts(entry.rule, SINCE, UNTIL, NO_HOLIDAYS)
        for station in entry.targets
    )
    assert settled == due
    assert all(refusal.message for refusal in plans.refused)


@given(batches, windows)
def test_nothing_sounds_outside_the_windows_but_emergencies(
    found: list[Entry], hours: Windows
) -> None:
    for airing in planned(found, hours).airings:
        assert airing.starts_at >= airing.due_at
        assert airing.entry.cls is Class.EMERGENCY or all(
            allows(hours[station], airing.starts_at, airing.ends_at, ZONE)
            for station in airing.targets
        )


@given(batches, windows)
def test_equals_never_sound_together_on_a_station(found: list[Entry], hours: Windows) -> None:
    airings = [a for a in planned(found, hours).airings if a.entry.cls is not Class.EMERGENCY]
    for one, other in combinations(airings, 2):
        if one.entry.cls is other.entry.cls and one.targets & other.targets:
            assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


@given(batches, windows)
def test_every_two_that_do_sound_together_are_explained(found: list[Entry], hours: Windows) -> None:
    plans = planned(found, hours)
    for one, other in combinations(plans.airings, 2):
        shared = one.targets & other.targets
        meet = max(one.starts_at, other.starts_at)
        if shared and SINCE <= meet < min(one.ends_at, other.ends_at):
            ids = {one.entry.id, other.entry.id}
            told = [c for c in plans.conflicts if {c.winner.id, c.loser.id} == ids and c.at == meet]
            assert any(shared <= conflict.stations for conflict in told)


@given(batches, windows)
def test_the_winner_of_a_conflict_is_the_one_of_better_precedence(
    found: list[Entry], hours: Windows
) -> None:
    for conflict in planned(found, hours).conflicts:
        winner, loser = conflict.winner.standing, conflict.loser.standing
        assert precedence_key(winner) <= precedence_key(loser)
        assert conflict.message


@given(batches, windows, st.randoms())
def test_the_order_in_which_entries_come_changes_nothing(
    found: list[Entry], hours: Windows, random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert planned(shuffled, hours) == planned(found, hours)


@given(batches, windows, entries)
def test_an_entry_of_lower_precedence_changes_nothing_for_a_higher_one(
    found: list[Entry], hours: Windows, newcomer: Entry
) -> None:
    new = _with_id(newcomer, "new")
    before, after = planned(found, hours), planned([*found, new], hours)

    def above(plans: Planned) -> list[list[tuple[str, datetime, datetime, StationId]]]:
        key = precedence_key(new.standing)
        return [sorted(places(a)) for a in plans.airings if precedence_key(a.entry.standing) < key]

    assert above(after) == above(before)


@given(batches, windows, st.integers(0, 3 * 24 * 60))
def test_planning_again_later_keeps_what_is_still_to_be_heard(
    found: list[Entry], hours: Windows, later_m: int
) -> None:
    later = SINCE + timedelta(minutes=later_m)
    again = plan(found, hours, NO_HOLIDAYS, later, UNTIL)
    expected = [a for a in planned(found, hours).airings if a.ends_at > later]
    assert [sorted(places(a)) for a in again.airings] == [sorted(places(a)) for a in expected]
