"""Rings grow, always hold the same stations, and stop when too many go back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.releases.rings import (
    ENOUGH,
    LAST,
    SOAK,
    SPREAD_S,
    Judgement,
    Standing,
    begins_at,
    judge,
    members,
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FLEET = st.sets(st.text("abc0123456789-", min_size=1, max_size=8), min_size=1, max_size=300)


@given(FLEET, st.text(max_size=8))
def test_each_ring_holds_the_one_before_and_the_last_holds_all(
    fleet: set[str], rollout: str
) -> None:
    found = [members(fleet, rollout, ring) for ring in range(LAST + 1)]
    assert len(found[0]) == 1
    assert all(a <= b for a, b in pairwise(found))
    assert found[LAST] == fleet


@given(FLEET, st.text(max_size=8), st.integers(0, LAST))
def test_a_new_station_throws_no_other_out_of_the_first_rings_by_more_than_one(
    fleet: set[str], rollout: str, ring: int
) -> None:
    before, after = members(fleet, rollout, ring), members(fleet | {"mới"}, rollout, ring)
    assert len(before - after) <= 1


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_station_begins_within_two_hours_of_its_ring(station: str, rollout: str) -> None:
    begins = begins_at(station, rollout, NOW)
    assert NOW <= begins < NOW + timedelta(seconds=SPREAD_S)


@pytest.mark.parametrize(
    ("ring", "total", "kept", "lost", "after", "judgement"),
    [
        (0, 1, 0, 0, SOAK, Judgement.WAIT),
        (0, 1, 1, 0, SOAK - timedelta(seconds=1), Judgement.WAIT),
        (0, 1, 1, 0, SOAK, Judgement.ADVANCE),
        (0, 1, 0, 1, timedelta(0), Judgement.HALT),
        (1, 50, 49, 1, SOAK, Judgement.HALT),
        (2, 500, 300, 10, timedelta(0), Judgement.WAIT),
        (2, 500, 300, 11, timedelta(0), Judgement.HALT),
        (2, 500, int(500 * ENOUGH), 10, SOAK, Judgement.ADVANCE),
        (3, 1000, 950, 20, SOAK, Judgement.DONE),
    ],
)
def test_a_ring_is_judged_by_who_kept_the_version_and_who_went_back(  # noqa: PLR0917 - a table
    ring: int, total: int, kept: int, lost: int, after: timedelta, judgement: Judgement
) -> None:
    standing = Standing(ring=ring, since=NOW, total=total, kept=kept, lost=lost)
    assert judge(standing, NOW + after) is judgement
