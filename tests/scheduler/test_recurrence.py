"""Recurrence: what a calendar elsewhere makes of a rule is what the planner makes of it.

dateutil, which knows nothing of our patterns, expands the RRULEs.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import ZONE
from scheduler.patterns import (
    LAST,
    Daily,
    EveryNWeeks,
    LeapMonth,
    Lunar,
    MonthlyDays,
    MonthlyWeekdays,
    Once,
    Pattern,
    Weekday,
    Weekly,
    Yearly,
)
from scheduler.recurrence import Series, series
from scheduler.rules import Move, OnHolidays, Rule, starts

SINCE = datetime(2026, 11, 30, tzinfo=ZONE)
UNTIL = SINCE + timedelta(days=366)
HOLIDAYS = frozenset({date(2027, 1, 1), date(2027, 2, 6), date(2027, 4, 30), date(2027, 9, 2)})
DAYS = st.dates(date(2026, 11, 1), date(2027, 12, 31))
WEEKDAYS = st.lists(st.sampled_from(Weekday), min_size=1, max_size=4).map(tuple)
NTHS = st.sampled_from([-5, -2, -1, 1, 2, 3, 4, 5])
MONTH_DAYS = st.integers(-31, 31).filter(bool)
PATTERNS: st.SearchStrategy[Pattern] = st.one_of(
    st.builds(Once, DAYS),
    st.just(Daily()),
    st.builds(Weekly, WEEKDAYS),
    st.builds(EveryNWeeks, WEEKDAYS, st.integers(1, 6), DAYS),
    st.builds(MonthlyDays, st.lists(MONTH_DAYS, min_size=1, max_size=3).map(tuple)),
    st.builds(MonthlyWeekdays, WEEKDAYS, st.lists(NTHS, min_size=1, max_size=2).map(tuple)),
    st.builds(Yearly, st.integers(1, 28), st.integers(1, 12)),
    st.builds(Lunar, st.sampled_from([1, 15, LAST]), st.none(), st.just(LeapMonth.BOTH)),
)
TIMES = st.lists(
    st.sampled_from([time(5, 0), time(5, 30), time(17, 0), time(0, 0)]), min_size=1, max_size=3
)
RULES = st.builds(
    Rule,
    pattern=PATTERNS,
    times=TIMES.map(tuple),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
    holidays=st.sampled_from(OnHolidays),
    skips=st.lists(DAYS, max_size=3).map(tuple),
    extras=st.lists(DAYS.map(lambda d: datetime.combine(d, time(9), ZONE)), max_size=2).map(tuple),
)


def expanded(one: Series) -> list[datetime]:
    """By dateutil, from the text of an RRULE."""
    if not one.repeat:
        return [one.first, *one.further]
    parts = {
        key: ",".join(map(str, value)) if isinstance(value, list) else value
        for key, value in one.repeat.items()
    }
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    until = f"{one.last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    found = rrule.rrulestr(f"{text};UNTIL={until}", dtstart=one.first)
    return [start for start in found if start not in one.excluded] + list(one.further)


@given(RULES)
def test_a_calendar_repeats_a_rule_on_exactly_its_starts(rule: Rule) -> None:
    wanted = starts(rule, SINCE, UNTIL, HOLIDAYS)
    repeated = [start for one in series(rule, wanted) for start in expanded(one)]
    assert sorted(repeated) == wanted


def test_a_moved_start_is_taken_out_and_listed() -> None:
    was = datetime(2026, 12, 2, 17, tzinfo=ZONE)
    moved = Move(was=was, becomes=was + timedelta(hours=1))
    rule = Rule(pattern=Daily(), times=(time(17),), moves=(moved,))
    daily, other = series(rule, starts(rule, SINCE, UNTIL, ()))
    assert daily.repeat == {"FREQ": "DAILY"}
    assert daily.excluded == (was,)
    assert (other.first, other.repeat) == (moved.becomes, {})


def test_nothing_wanted_is_nothing_and_a_naive_time_is_refused() -> None:
    rule = Rule(pattern=Daily(), times=(time(17),))
    assert series(rule, []) == []
    with pytest.raises(ValueError, match="naive"):
        series(rule, [datetime(2026, 12, 2, 17)])  # noqa: DTZ001 - the point of the test
