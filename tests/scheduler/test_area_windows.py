"""Which hours an area permits."""

from hypothesis import given
from hypothesis import strategies as st

from contract.windows import ALL_DAY, Window
from scheduler.windows import (
    BOUND,
    DEFAULT,
    Decision,
    Hours,
    RoundTheClock,
    effective,
)

LONG_DAY = Hours((Window("05:00", "11:00"), Window("14:00", "21:30")))


def test_where_nobody_decided_the_default_hour_of_morning_and_evening_holds() -> None:
    assert effective(None, [None, None]) == DEFAULT


def test_a_province_replaces_the_default() -> None:
    assert effective(LONG_DAY, []) == LONG_DAY.windows


def test_a_commune_only_tightens() -> None:
    commune = Hours((Window("10:00", "15:00"), Window("23:00", "24:00")))
    assert effective(LONG_DAY, [None, commune]) == (
        Window("10:00", "11:00"),
        Window("14:00", "15:00"),
    )
    assert effective(None, [Hours((Window("05:45", "12:00"),))]) == (Window("05:45", "06:30"),)


def test_a_province_cannot_wake_people_at_night() -> None:
    assert effective(Hours(ALL_DAY), []) == BOUND


def test_only_what_is_marked_as_round_the_clock_passes_the_bound() -> None:
    assert effective(RoundTheClock(), [None]) == ALL_DAY
    assert effective(LONG_DAY, [RoundTheClock()]) == LONG_DAY.windows


def test_an_area_may_choose_silence() -> None:
    assert effective(None, [Hours(())]) == ()


def test_overlapping_windows_are_one() -> None:
    hours = Hours((Window("06:00", "08:00"), Window("05:00", "07:00")))
    assert effective(hours, []) == (Window("05:00", "08:00"),)


hour = st.integers(0, 24).map(lambda h: f"{h:02}:00")
window = st.tuples(hour, hour).filter(lambda w: w[0] != w[1]).map(lambda w: Window(*sorted(w)))
decision = st.lists(window, max_size=3).map(tuple).map(Hours)


def held(windows: tuple[Window, ...]) -> set[int]:
    return {h for h in range(24) for w in windows if w.start <= f"{h:02}:30" < w.end}


@given(st.none() | decision, st.lists(st.none() | decision | st.just(RoundTheClock()), max_size=3))
def test_no_one_below_ever_widens_and_no_one_passes_the_bound(
    province: Decision | None, below: list[Decision | None]
) -> None:
    permitted = effective(province, below)
    assert held(permitted) <= held(effective(province, below[:-1])) <= set(range(5, 22))
    assert list(permitted) == sorted(permitted)
