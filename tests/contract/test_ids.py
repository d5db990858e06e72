"""Ids sort by the time at which they were made."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.ids import is_topic_name, new_id

# 2000-01-01 to 2100-01-01
moments = st.integers(946_684_800_000, 4_102_444_800_000).map(
    lambda ms: datetime.fromtimestamp(ms / 1000, UTC)
)


@given(moments)
def test_an_id_is_a_uuid_of_version_7_that_holds_its_millisecond(now):
    made = uuid.UUID(new_id(now))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == int(now.timestamp() * 1000)


@given(moments)
def test_a_later_id_sorts_later(now):
    assert new_id(now) < new_id(now + timedelta(milliseconds=2))


def test_ids_of_one_moment_differ_and_fit_into_a_topic():
    now = datetime(2026, 12, 1, tzinfo=UTC)
    made = {new_id(now) for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(is_topic_name(id_) for id_ in made)


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        new_id(datetime(2026, 12, 1))  # noqa: DTZ001
