"""When a rule wants to start: exceptions, holidays, and the days that others forget."""

from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest

from scheduler.calendar import ZONE
from scheduler.patterns import Daily, Lunar, MonthlyDays, Once, Weekday, Weekly, Yearly
from scheduler.rules import Move, OnHolidays, Rule, starts

NO_HOLIDAYS: frozenset[date] = frozenset()
MORNING = time(5, 30)


def at(day: int, hour: int = 5, minute: int = 30, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def december(rule: Rule, holidays: frozenset[date] = NO_HOLIDAYS) -> list[datetime]:
    return starts(rule, at(1, 0, 0), at(31, 0, 0) + timedelta(days=1), holidays)


def daily(**facts: object) -> Rule:
    return msgspec.convert(
        {"pattern": {"kind": "daily"}, "times": [MORNING], **facts}, Rule, strict=False
    )


def test_sunday_plays() -> None:
    found = december(Rule(pattern=Weekly((Weekday.SUNDAY,)), times=(MORNING,)))
    assert found == [at(6), at(13), at(20), at(27)]


def test_the_first_and_the_last_day_play() -> None:
    found = december(daily(valid_from=date(2026, 12, 10), valid_to=date(2026, 12, 12)))
    assert found == [at(10), at(11), at(12)]


def test_starts_come_in_utc_and_in_order() -> None:
    found = december(Rule(pattern=Once(date(2026, 12, 1)), times=(time(17), MORNING)))
    assert [start.isoformat() for start in found] == [
        "2026-11-30T22:30:00+00:00",
        "2026-12-01T10:00:00+00:00",
    ]


def test_the_end_of_the_window_is_not_in_it() -> None:
    assert starts(daily(), at(1), at(2), NO_HOLIDAYS) == [at(1)]
    assert starts(daily(), at(2), at(2), NO_HOLIDAYS) == []


def test_a_start_just_before_midnight_belongs_to_its_own_day() -> None:
    rule = Rule(pattern=Once(date(2026, 12, 31)), times=(time(23, 55),))
    assert starts(rule, at(31, 23, 50), at(31, 23, 59), NO_HOLIDAYS) == [at(31, 23, 55)]


def test_a_skipped_day_is_silent() -> None:
    found = december(daily(valid_to=date(2026, 12, 3), skips=[date(2026, 12, 2)]))
    assert found == [at(1), at(3)]


def test_a_moved_start_plays_at_its_new_time_only() -> None:
    rule = daily(valid_to=date(2026, 12, 2), moves=[Move(at(2), at(5, 17, 0))])
    assert december(rule) == [at(1), at(5, 17, 0)]


def test_a_start_moved_into_the_window_is_found_from_there() -> None:
    rule = daily(valid_to=date(2026, 12, 2), moves=[Move(at(2), at(20, 17, 0))])
    assert starts(rule, at(20, 0, 0), at(21, 0, 0), NO_HOLIDAYS) == [at(20, 17, 0)]


def test_a_move_of_what_the_rule_no_longer_gives_plays_nothing() -> None:
    rule = daily(valid_to=date(2026, 12, 1), moves=[Move(at(9), at(10))])
    assert december(rule) == [at(1)]


def test_a_skipped_day_takes_its_moved_start_with_it() -> None:
    rule = daily(valid_to=date(2026, 12, 2), skips=[date(2026, 12, 2)], moves=[Move(at(2), at(5))])
    assert december(rule) == [at(1)]


def test_a_one_off_plays_whatever_the_rule_says_and_never_twice() -> None:
    rule = daily(valid_to=date(2026, 12, 1), extras=[at(24, 18, 0), at(1)])
    assert december(rule) == [at(1), at(24, 18, 0)]


@pytest.mark.parametrize(
    ("policy", "days"),
    [(OnHolidays.PLAY, [1, 2, 3]), (OnHolidays.SKIP, [1, 3]), (OnHolidays.ONLY, [2])],
)
def test_holidays_are_played_skipped_or_waited_for(policy: OnHolidays, days: list[int]) -> None:
    rule = daily(valid_to=date(2026, 12, 3), holidays=policy)
    assert december(rule, frozenset({date(2026, 12, 2)})) == [at(day) for day in days]


def test_a_leap_day_speaks_every_fourth_year() -> None:
    rule = Rule(pattern=Yearly(29, 2), times=(MORNING,))
    found = starts(rule, at(1, month=1), datetime(2033, 1, 1, tzinfo=UTC), NO_HOLIDAYS)
    assert [start.year for start in found] == [2028, 2032]


def test_the_last_day_of_each_month_is_found_in_every_length() -> None:
    rule = Rule(pattern=MonthlyDays((-1,)), times=(MORNING,))
    found = starts(rule, datetime(2024, 1, 1, tzinfo=ZONE), at(1, month=1), NO_HOLIDAYS)
    assert [start.astimezone(ZONE).day for start in found[:4]] == [31, 29, 31, 30]
    assert len(found) == 24


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        starts(daily(), at(1).replace(tzinfo=None), at(2), NO_HOLIDAYS)
    with pytest.raises(msgspec.ValidationError, match="timezone"):
        daily(extras=["2026-12-01T05:30:00"])


@pytest.mark.parametrize(
    "rule",
    [
        daily(skips=[date(2026, 12, 2)], moves=[Move(at(2), at(5))], extras=[at(9)]),
        Rule(pattern=Lunar(15, None, "both"), times=(MORNING,), holidays=OnHolidays.SKIP),  # type: ignore[arg-type]  # StrEnum by value
        Rule(pattern=Weekly((Weekday.SUNDAY,)), times=(MORNING,), valid_from=date(2026, 1, 1)),
    ],
)
def test_a_rule_is_kept_as_json(rule: Rule) -> None:
    kept = msgspec.json.encode(rule)
    again = msgspec.json.decode(kept, type=Rule)
    assert msgspec.json.encode(again) == kept
    assert december(again) == december(msgspec.convert(msgspec.to_builtins(rule), Rule))


@pytest.mark.parametrize(
    "pattern",
    [
        {"kind": "hourly"},
        {"kind": "weekly", "weekdays": [0]},
        {"kind": "monthly_days", "days": [32]},
        {"kind": "lunar", "day": 31, "month": None, "leap": "both"},
        {"kind": "every_n_weeks", "weekdays": [1], "n": 0, "anchor": "2026-12-01"},
    ],
)
def test_nonsense_in_the_database_is_not_read_as_a_rule(pattern: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"pattern": pattern, "times": ["05:30:00"]}, Rule)


def test_every_day_of_a_year_is_played_once() -> None:
    rule = Rule(pattern=Daily(), times=(MORNING,))
    found = starts(rule, at(1, month=1), at(1, month=1).replace(year=2027), NO_HOLIDAYS)
    assert found == [at(1, month=1) + timedelta(days=n) for n in range(365)]
