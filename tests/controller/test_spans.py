"""Spans, against counting every minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from controller.spans import Span, cut, joined, length, without

START, MINUTE = datetime(2026, 11, 1, tzinfo=UTC), timedelta(minutes=1)
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
        lambda ends: (START + min(ends) * MINUTE, START + max(ends) * MINUTE)
    ),
    max_size=6,
)


def minutes(spans: list[Span]) -> set[int]:
    return {n for n in range(70) for a, b in spans if a <= START + n * MINUTE < b}


@given(SPANS, SPANS)
def test_they_cover_the_same_minutes(some: list[Span], others: list[Span]) -> None:
    one, other = joined(some), joined(others)
    assert minutes(one) == minutes(some)
    assert all(a[1] < b[0] for a, b in pairwise(one))
    left = without(one, other)
    assert minutes(left) == minutes(some) - minutes(others)
    assert length(left) == len(minutes(left)) * MINUTE
    whole = (START + 10 * MINUTE, START + 40 * MINUTE)
    assert minutes(cut(some, whole)) == minutes(some) & set(range(10, 40))
