"""Our rules against dateutil.rrule, wherever both can say the same."""

from datetime import date, datetime, time, timedelta

from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar import ZONE
from scheduler.patterns import (
    Daily,
    EveryNWeeks,
    MonthlyDays,
    MonthlyWeekdays,
    Once,
    Pattern,
    Weekday,
    Weekly,
    Yearly,
)
from scheduler.rules import Rule, starts

BY_WEEKDAY = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)

days = st.dates(date(2023, 1, 1), date(2024, 12, 31))  # 2024 is a leap year
weekdays = st.lists(st.sampled_from(Weekday), min_size=1, max_size=7, unique=True).map(tuple)
days_of_month = st.integers(-31, 31).filter(bool)
nths = st.integers(-5, 5).filter(bool)
times = st.lists(st.times(), min_size=1, max_size=4, unique=True).map(tuple)

patterns = st.one_of(
    st.builds(Once, days),
    st.builds(Daily),
    st.builds(Weekly, weekdays),
    st.builds(EveryNWeeks, weekdays, st.integers(1, 6), days),
    st.builds(MonthlyDays, st.lists(days_of_month, min_size=1, max_size=4).map(tuple)),
    st.builds(MonthlyWeekdays, weekdays, st.lists(nths, min_size=1, max_size=3).map(tuple)),
    st.builds(Yearly, st.integers(1, 31), st.integers(1, 12)),
)


def oracle_days(pattern: Pattern, first: date, last: date) -> list[date]:
    """The same days by dateutil."""
    since, until = (datetime.combine(day, time()) for day in (first, last))

    def rule(freq: int, **parts: object) -> rrule.rrule:
        return rrule.rrule(freq, **{"dtstart": since, "until": until, **parts})  # type: ignore[arg-type]  # the parts differ

    match pattern:
        case Once(day):
            found = rule(rrule.DAILY, dtstart=datetime.combine(day, time()), count=1, until=None)
            return [at.date() for at in found if since <= at <= until]
        case Daily():
            found = rule(rrule.DAILY)
        case Weekly(names):
            found = rule(rrule.WEEKLY, byweekday=[name - 1 for name in names])
        case EveryNWeeks(names, n, anchor):
            # dateutil counts weeks from its start: the last counted Monday before the window
            monday = anchor - timedelta(days=anchor.weekday())
            start = first - timedelta(days=(first - monday).days % (7 * n))
            found = rule(
                rrule.WEEKLY,
                interval=n,
                byweekday=[name - 1 for name in names],
                dtstart=datetime.combine(start, time()),
            )
            return [at.date() for at in found if at >= since]
        case MonthlyDays(numbers):
            found = rule(rrule.MONTHLY, bymonthday=numbers)
        case MonthlyWeekdays(names, ns):
            by = [BY_WEEKDAY[name - 1](n) for name in names for n in ns]
            found = rule(rrule.MONTHLY, byweekday=by)
        case Yearly(day, month):
            found = rule(rrule.YEARLY, bymonth=month, bymonthday=day)
    return [at.date() for at in found]


@settings(max_examples=200)
@given(patterns, times, days, st.integers(0, 500))
def test_every_pattern_speaks_on_the_days_that_dateutil_gives(
    pattern: Pattern, at: tuple[time, ...], first: date, length_days: int
) -> None:
    last = first + timedelta(days=length_days)
    since = datetime.combine(first, time(), ZONE)
    until = datetime.combine(last + timedelta(days=1), time(), ZONE)
    expected = [
        datetime.combine(day, moment, ZONE)
        for day in sorted(set(oracle_days(pattern, first, last)))
        for moment in sorted(at)
    ]
    assert starts(Rule(pattern=pattern, times=at), since, until, frozenset()) == expected


@given(patterns, times, st.tuples(days, days), st.tuples(days, days))
def test_validity_only_narrows_and_any_window_is_a_part_of_a_wider_one(
    pattern: Pattern, at: tuple[time, ...], window: tuple[date, date], validity: tuple[date, date]
) -> None:
    since, until = (datetime.combine(day, time(12), ZONE) for day in window)
    wide = (datetime(2022, 12, 31, tzinfo=ZONE), datetime(2025, 1, 2, tzinfo=ZONE))
    a, b = validity
    bounded = Rule(pattern=pattern, times=at, valid_from=min(a, b), valid_to=max(a, b))
    everywhere = starts(Rule(pattern=pattern, times=at), *wide, frozenset())
    valid = [s for s in everywhere if min(a, b) <= s.astimezone(ZONE).date() <= max(a, b)]
    assert starts(bounded, *wide, frozenset()) == valid
    assert starts(bounded, since, until, frozenset()) == [s for s in valid if since <= s < until]
