"""Which days a report tells of, and when it goes: by the calendar of the village."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from controller.mails.periods import Every, Span, due, latest

EVERY = st.sampled_from(Every)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=2500)).map(
    lambda after: datetime(2024, 1, 1, tzinfo=UTC) + after
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026, of the village (UTC+7)."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def test_a_week_goes_on_monday_at_seven() -> None:
    week = Span(date(2026, 11, 16), date(2026, 11, 22))
    assert latest(Every.WEEK, at(23, 7)) == week
    assert latest(Every.WEEK, at(29, 23, 59)) == week
    assert latest(Every.WEEK, at(23, 6, 59)).last == date(2026, 11, 15)


def test_a_month_goes_on_the_first_at_seven() -> None:
    assert latest(Every.MONTH, at(1, 7)) == Span(date(2026, 10, 1), date(2026, 10, 31))
    assert latest(Every.MONTH, at(1, 6, 59)).last == date(2026, 9, 30)


@given(EVERY, INSTANTS)
def test_a_period_is_whole_and_over_when_it_goes(every: Every, now: datetime) -> None:
    span = latest(every, now)
    assert span.goes_at <= now
    assert span.until <= span.goes_at
    if every is Every.WEEK:
        assert (span.first.weekday(), (span.last - span.first).days) == (0, 6)
    else:
        assert span.first.day == (span.last + timedelta(days=1)).day == 1
        assert (span.first.year, span.first.month) == (span.last.year, span.last.month)


@given(EVERY, st.lists(INSTANTS, min_size=2, max_size=8).map(sorted))
def test_each_period_is_due_in_one_look_whenever_one_looks(
    every: Every, looks: list[datetime]
) -> None:
    found = [span for one, other in pairwise(looks) for span in due(every, one, other)]
    assert len(set(found)) == len(found)
    ordered = sorted(found, key=lambda span: span.first)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(ordered))
    assert set(found) == set(due(every, looks[0], looks[-1]))
