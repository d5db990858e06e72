"""From the day on which the content ends, a rule gives nothing; before it, all that it gave."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.expiry import ended, midnight
from scheduler.rules import Rule, starts
from tests.scheduler.test_moving import RULES, SINCE, UNTIL

DAYS = st.integers(-2, 25).map(lambda n: date(2026, 12, 1) + timedelta(days=n))


@given(RULES, DAYS)
def test_it_is_cut_at_that_midnight_and_nowhere_else(rule: Rule, day: date) -> None:
    whole = starts(rule, SINCE, UNTIL, ())
    assert starts(ended(rule, day), SINCE, UNTIL, ()) == [s for s in whole if s < midnight(day)]


@given(RULES)
def test_without_a_day_it_stays(rule: Rule) -> None:
    assert ended(rule, None) == rule
