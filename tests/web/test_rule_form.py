"""What is typed about time, and what it means."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from contract.windows import Window
from scheduler.patterns import (
    Daily,
    EveryNWeeks,
    LeapMonth,
    Lunar,
    MonthlyDays,
    MonthlyWeekdays,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from scheduler.rules import Move, OnHolidays, Rule
from web.rule_form import Unreadable, keeping, rule_of, typed_of
from web.when import When, offered, slot, typed

HOUR = timedelta(hours=1)
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
weekdays = st.sets(st.sampled_from(Weekday), min_size=1).map(lambda w: tuple(sorted(w)))
month_days = st.integers(1, 31) | st.just(-1)
repeated = st.one_of(
    st.just(Daily()),
    st.builds(Weekly, weekdays),
    st.builds(MonthlyDays, st.tuples(month_days)),
    st.builds(MonthlyWeekdays, weekdays, st.tuples(st.integers(1, 4) | st.just(-1))),
    st.builds(Yearly, st.integers(1, 28), st.integers(1, 12)),
    st.builds(Lunar, st.integers(1, 30), st.none() | st.integers(1, 12), st.just(LeapMonth.BOTH)),
)
times = st.sets(st.times().map(lambda t: t.replace(microsecond=0)), min_size=1, max_size=4).map(
    lambda found: tuple(sorted(found))
)


@given(
    st.builds(
        Rule,
        pattern=repeated,
        times=times,
        valid_from=st.none() | days,
        valid_to=st.none() | days,
        holidays=st.sampled_from(OnHolidays),
    )
)
def test_a_repeated_rule_survives_the_form(rule: Rule) -> None:
    assert rule_of(typed_of(rule)) == rule


@given(days, st.times().map(lambda t: t.replace(microsecond=0)))
def test_a_single_start_survives_the_form(day: date, at: time) -> None:
    rule = Rule(pattern=Once(day), times=(at,))
    assert rule_of(typed_of(rule)) == rule


@given(weekdays, st.integers(2, 52), days)
def test_every_few_weeks_are_counted_from_the_first_day(
    on: tuple[Weekday, ...], n: int, first: date
) -> None:
    rule = Rule(pattern=EveryNWeeks(on, n, first), times=(time(17),), valid_from=first)
    assert rule_of(typed_of(rule)) == rule


def test_days_are_left_out_as_they_are_written() -> None:
    daily = {"repeat": "daily", "time": "17:00", "valid_to": "2026-12-31"}
    given = When(**daily, skips="25/12/2026; 2026-12-24,25/12/2026")  # type: ignore[arg-type]
    rule = rule_of(given)
    assert rule.skips == (date(2026, 12, 24), date(2026, 12, 25))
    assert rule_of(typed_of(rule)) == rule
    assert rule_of(When(**{**daily, "time": "18:00"}), rule).skips == ()  # type: ignore[arg-type]
    with pytest.raises(Unreadable, match="“30/2/2026” không phải là ngày"):
        rule_of(When(**daily, skips="30/2/2026"))  # type: ignore[arg-type]
    with pytest.raises(Unreadable, match="Ngày 01/01/2027 vốn không có lượt phát"):
        rule_of(When(**daily, skips="01/01/2027"))  # type: ignore[arg-type]


def test_exceptions_outlive_another_time_as_long_as_they_mean_something() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    at_five, at_six = (datetime(2026, 12, 9, hour, tzinfo=UTC) for hour in (10, 11))
    saved = Rule(
        pattern=Daily(),
        times=(time(17), time(18)),
        moves=(Move(at_five, at_five + HOUR / 2), Move(at_six, at_six + HOUR)),
        extras=(now - HOUR, now + HOUR),
    )
    later = keeping(Rule(pattern=Daily(), times=(time(18),)), saved, now, ())
    assert later.moves == saved.moves[1:]
    assert later.extras == saved.extras[1:]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("17:00", time(17)),
        ("5h30", time(5, 30)),
        ("17H", time(17)),
        ("7.15", time(7, 15)),
        ("17:00:30", time(17, 0, 30)),
    ],
)
def test_a_time_may_be_written_as_people_write_it(text: str, at: time) -> None:
    assert rule_of(When(day="2026-12-02", time=text)).times == (at,)


@given(st.dictionaries(st.sampled_from(When.__struct_fields__), st.text(max_size=12)))
def test_whatever_is_sent_is_read_or_told(fields: dict[str, str]) -> None:
    with contextlib.suppress(Unreadable):
        assert rule_of(typed(MultiDict(fields))).times is not None


MORNING, EVENING = Window("05:30", "06:30"), Window("17:00", "18:00")


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ((22, 40), "05:50"),  # 05:40: ten minutes ahead, inside the morning window
        ((22, 41), "05:55"),
        ((23, 40), "17:00"),  # 06:40: the next window
        ((11, 30), "05:30"),  # 18:30: tomorrow's first
    ],
)
def test_the_slot_offered_is_permitted_and_lies_ahead(now: tuple[int, int], at: str) -> None:
    then = datetime(2026, 11, 22, *now, tzinfo=UTC)
    assert f"{slot((EVENING, MORNING), then):%H:%M}" == at


def test_without_any_window_a_slot_is_still_offered() -> None:
    assert offered((), datetime(2026, 11, 22, 1, 0, tzinfo=UTC)).time == "08:10"
