"""Who is heard when two items want the same loudspeaker."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.precedence import Standing, cuts_in, precedence_key
from contract.states import Class

MORNING = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
LATER = MORNING + timedelta(minutes=5)


def item(cls: Class, rank: int = 0, since: datetime = MORNING) -> Standing:
    return Standing(id="a", cls=cls, rank=rank, since=since)


def goes_first(first: Standing, second: Standing) -> bool:
    return precedence_key(first) < precedence_key(second)


def test_emergency_goes_before_priority_and_priority_before_normal() -> None:
    steps = [item(Class.NORMAL), item(Class.PRIORITY, rank=9), item(Class.EMERGENCY, rank=9)]
    assert sorted(steps, key=precedence_key) == list(reversed(steps))


def test_among_emergencies_the_higher_area_then_the_latest_goes_first() -> None:
    commune, province = item(Class.EMERGENCY, rank=3), item(Class.EMERGENCY, rank=1)
    newer = item(Class.EMERGENCY, rank=3, since=LATER)
    assert goes_first(province, newer)
    assert goes_first(newer, commune)


def test_among_equal_normal_items_the_first_come_goes_first() -> None:
    assert goes_first(item(Class.NORMAL), item(Class.NORMAL, since=LATER))


def test_the_commune_user_orders_colliding_priority_items() -> None:
    assert goes_first(item(Class.PRIORITY, rank=1, since=LATER), item(Class.PRIORITY, rank=2))


def test_a_higher_class_cuts_in_and_an_equal_one_waits() -> None:
    assert cuts_in(item(Class.PRIORITY), item(Class.NORMAL))
    assert not cuts_in(item(Class.NORMAL), item(Class.PRIORITY))
    assert not cuts_in(item(Class.NORMAL), item(Class.NORMAL, since=LATER))


def test_a_newer_emergency_cuts_in_on_an_older_one() -> None:
    older, newer = item(Class.EMERGENCY), item(Class.EMERGENCY, since=LATER)
    assert cuts_in(newer, older)
    assert not cuts_in(older, newer)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(TypeError):
        precedence_key(item(Class.NORMAL, since=MORNING.replace(tzinfo=None)))


standings = st.builds(
    Standing,
    id=st.sampled_from("abc"),
    cls=st.sampled_from(Class),
    rank=st.integers(0, 4),
    since=st.sampled_from([MORNING, LATER]),
)


@given(standings, standings)
def test_what_cuts_in_goes_first_and_never_the_other_way_round(
    one: Standing, other: Standing
) -> None:
    assert not (cuts_in(one, other) and cuts_in(other, one))
    if cuts_in(one, other):
        assert goes_first(one, other)
