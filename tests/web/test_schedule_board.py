"""The table of hours: each airing in one cell, no drawn minute twice, minutes as a clock counts."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contract.states import AiringState
from contract.windows import ALL_DAY, Window
from controller.schedule import Slot
from controller.schedule_rows import Row, touching
from scheduler.calendar import ZONE
from web.schedule_board import busy, hours, line, on_day

DAY = date(2026, 12, 1)
MIDNIGHT = datetime.combine(DAY, time(), ZONE)


def slot(
    minute: int, length: int, target: str = "xa", state: AiringState = AiringState.PLANNED
) -> Slot:
    start = MIDNIGHT + timedelta(minutes=minute)
    return Slot(
        id=f"{minute}+{length}@{target}",
        bulletin_id="b",
        title="Tin",
        owner=target,
        cls=3,
        is_relay=False,
        state=state,
        starts_at=start,
        ends_at=start + timedelta(minutes=length),
        targets=(target,),
    )


CLOCK = [f"{n // 60:02d}:{n % 60:02d}" for n in range(0, 1440, 10)] + ["24:00"]
SLOTS = st.lists(st.builds(slot, st.integers(-300, 1439), st.integers(1, 300)), max_size=10)
WINDOWS = st.lists(
    st.lists(st.sampled_from(CLOCK), min_size=2, max_size=2, unique=True).map(sorted), max_size=3
).map(lambda pairs: tuple(Window(*pair) for pair in pairs))


@given(SLOTS, WINDOWS)
def test_each_airing_of_the_day_stands_once_in_the_hour_where_it_is_first_heard(
    slots: list[Slot], windows: tuple[Window, ...]
) -> None:
    today = on_day(slots, DAY)
    made = line("x", DAY, windows, today, hours([(DAY, windows, today)]))
    drawn = [(cell.hour, each.id) for cell in made.cells for each in cell.slots]
    heard = [each for each in slots if each.ends_at > MIDNIGHT]
    wanted = [(max(MIDNIGHT, each.starts_at).astimezone(ZONE).hour, each.id) for each in heard]
    assert sorted(drawn) == sorted(wanted)
    assert busy([made]) == {hour for hour, _ in wanted}


@given(SLOTS, WINDOWS)
def test_drawn_spans_are_apart_and_stay_in_their_hour(
    slots: list[Slot], windows: tuple[Window, ...]
) -> None:
    today = on_day(slots, DAY)
    made = line("x", DAY, windows, today, hours([(DAY, windows, today)]))
    for cell in made.cells:
        for spans in (cell.open, cell.taken):
            edges = [edge for span in spans for edge in span]
            assert edges == sorted(set(edges))
            assert all(0 <= edge <= 60 for edge in edges)


@given(SLOTS, WINDOWS)
def test_minutes_of_a_window_are_those_that_a_clock_counts(
    slots: list[Slot], windows: tuple[Window, ...]
) -> None:
    made = line("x", DAY, windows, on_day(slots, DAY), range(24))
    minutes = [MIDNIGHT + timedelta(minutes=n) for n in range(1440)]
    for each in made.filled:
        inside = [at for at in minutes if each.window.start <= f"{at:%H:%M}" < each.window.end]
        used = [at for at in inside if any(s.starts_at <= at < s.ends_at for s in slots)]
        assert (each.used_min, each.free_min) == (len(used), len(inside) - len(used))


def test_what_was_refused_or_cancelled_takes_no_time() -> None:
    states = (AiringState.REFUSED, AiringState.CANCELLED)
    slots = [slot(330, 10, state=state) for state in states]
    made = line("x", DAY, (Window("05:30", "06:30"),), slots, range(5, 7))
    assert made.filled[0].free_min == 60
    assert len(made.cells[0].slots) == 2


def test_an_open_night_is_shown_only_when_something_is_heard_in_it() -> None:
    assert hours([(DAY, ALL_DAY, [])]) == range(5, 22)
    assert hours([(DAY, ALL_DAY, [slot(130, 5)])]) == range(2, 22)
    assert hours([(DAY, (), [])]) == range(5, 22)


TREE = {
    "tinh": "",
    "xa": "tinh",
    "thon": "xa",
    "xom": "thon",
    "xa-kia": "tinh",
    "thon-kia": "xa-kia",
}


def above(name: str) -> set[str]:
    return {TREE[name], *above(TREE[name])} - {""} if name else set()


def row(name: str, members: set[str]) -> Row:
    return Row(
        id=name,
        name=name,
        members=frozenset(members),
        homes=frozenset(),
        above=frozenset(above(name)),
    )


ROWS = [
    row("xa", {"xa", "thon", "xom"}),
    row("xa-kia", {"xa-kia", "thon-kia"}),
    row("tinh", {"tinh"}),
]
STATIONS = {"loa-1": "xom", "loa-2": "xa-kia", "loa-3": "tinh", "loa-4": "noi-khac"}


@given(st.lists(st.sampled_from([*TREE, *STATIONS, "noi-khac"]), max_size=4))
def test_an_airing_is_in_exactly_the_rows_that_its_targets_touch(targets: list[str]) -> None:
    slots = [slot(n, 1, target) for n, target in enumerate(targets)]
    found = touching(ROWS, slots, STATIONS)
    for one in ROWS:
        for each in slots:
            (target,) = each.targets
            if target in STATIONS:
                touched = STATIONS[target] in one.members
            else:
                touched = any(target == m or target in above(m) for m in one.members)
                touched |= target in one.members
            assert found[one.id].count(each) == int(touched)
