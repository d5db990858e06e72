"""Everything wrong with an entered rule is said at once, in Vietnamese."""

from datetime import date, datetime, time

import pytest

from scheduler.calendar import ZONE
from scheduler.patterns import (
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
from scheduler.problem import Problem
from scheduler.rule_check import problems
from scheduler.rules import Move, OnHolidays, Rule

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=ZONE)
MORNING = time(5, 30)
MONDAY = (Weekday.MONDAY,)


def told(rule: Rule, holidays: frozenset[date] = frozenset()) -> list[tuple[str, str]]:
    return [(problem.field, problem.message) for problem in problems(rule, NOW, holidays)]


def test_a_good_rule_has_no_problems() -> None:
    assert told(Rule(pattern=Daily(), times=(MORNING,), valid_from=date(2026, 12, 1))) == []
    assert told(Rule(pattern=Yearly(29, 2), times=(MORNING,))) == []


def test_all_problems_come_together() -> None:
    rule = Rule(
        pattern=Weekly(()),
        times=(MORNING, MORNING),
        valid_from=date(2026, 12, 9),
        valid_to=date(2026, 12, 8),
    )
    assert told(rule) == [
        ("pattern", "Chọn ít nhất một ngày trong tuần."),
        ("times", "Giờ 05:30 được nhập hai lần."),
        ("valid_to", "Ngày kết thúc phải từ ngày bắt đầu trở đi."),
    ]


def test_a_time_in_the_past_is_said() -> None:
    rule = Rule(pattern=Once(date(2026, 12, 1)), times=(MORNING, time(17)))
    assert told(rule) == [("times", "Giờ phát 05:30 ngày 01/12/2026 đã qua.")]
    late = Rule(pattern=Daily(), times=(MORNING,), extras=(NOW.replace(hour=5),))
    assert told(late) == [("extras", "Lượt phát thêm lúc 05:00 ngày 01/12/2026 đã qua.")]


def test_a_rule_that_is_over_is_said() -> None:
    rule = Rule(pattern=Daily(), times=(MORNING,), valid_to=date(2026, 12, 1))
    ((field, message),) = told(rule)
    assert field == "valid_to"
    assert "01/12/2026" in message
    assert "đã qua" in message


def test_a_rule_that_would_never_be_heard_is_said() -> None:
    never = Rule(
        pattern=Weekly((Weekday.SUNDAY,)),
        times=(MORNING,),
        valid_from=date(2026, 12, 7),
        valid_to=date(2026, 12, 12),
    )
    assert [field for field, _ in told(never)] == ["valid_to"]
    holiday = Rule(pattern=Once(date(2026, 12, 5)), times=(MORNING,), holidays=OnHolidays.ONLY)
    assert [field for field, _ in told(holiday)] == ["valid_to"]
    assert told(holiday, frozenset({date(2026, 12, 5)})) == []


def test_a_one_off_after_the_end_is_still_heard() -> None:
    extra = datetime(2026, 12, 24, 18, 0, tzinfo=ZONE)
    assert told(Rule(pattern=Daily(), times=(), valid_to=date(2026, 12, 1), extras=(extra,))) == []


def test_moves_must_move_something_once_and_not_into_the_past() -> None:
    tomorrow, noon = (datetime(2026, 12, 2, h, m, tzinfo=ZONE) for h, m in ((5, 30), (12, 0)))
    moves = (Move(tomorrow, NOW.replace(hour=5)), Move(tomorrow, noon), Move(noon, tomorrow))
    assert told(Rule(pattern=Daily(), times=(MORNING,), moves=moves)) == [
        ("moves", "Không thể chuyển về 05:00 ngày 01/12/2026: giờ đã qua."),
        ("moves", "Không có lượt phát nào lúc 12:00 ngày 02/12/2026 để chuyển."),
        ("moves", "Một lượt phát chỉ chuyển được sang một giờ."),
    ]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (EveryNWeeks((Weekday.TUESDAY,), 0, date(2026, 12, 1)), "Số tuần"),
        (EveryNWeeks((), 2, date(2026, 12, 1)), "ngày trong tuần"),
        (MonthlyDays(()), "ngày trong tháng"),
        (MonthlyDays((15, 32)), "ngày trong tháng"),
        (MonthlyWeekdays(MONDAY, (0,)), "lần thứ mấy"),
        (MonthlyWeekdays((), (1,)), "ngày trong tuần"),
        (Yearly(31, 4), "Không có ngày 31/04"),
        (Yearly(30, 2), "Không có ngày 30/02"),
        (Lunar(0, 1, LeapMonth.BOTH), "Ngày âm lịch"),
        (Lunar(1, 13, LeapMonth.BOTH), "Tháng âm lịch"),
    ],
)
def test_each_pattern_says_what_it_needs(pattern: Pattern, words: str) -> None:
    tuesday = datetime(2026, 12, 8, 5, 30, tzinfo=ZONE)
    moves = (Move(tuesday, tuesday.replace(hour=6)), Move(NOW, tuesday))
    ((field, message),) = told(Rule(pattern=pattern, times=(MORNING,), moves=moves))
    assert field == "pattern"
    assert words in message


def test_more_times_than_a_plan_can_hold_are_refused() -> None:
    every_second = tuple(time(n // 3600, n // 60 % 60, n % 60) for n in range(61))
    assert told(Rule(pattern=Daily(), times=every_second[1:])) == []
    assert told(Rule(pattern=Daily(), times=every_second)) == [
        ("times", "Mỗi ngày phát tối đa 60 lần.")
    ]


def test_no_time_at_all_is_said() -> None:
    assert problems(Rule(pattern=Daily(), times=()), NOW, ()) == [
        Problem("times", "Chọn ít nhất một giờ phát.")
    ]


def test_the_end_of_the_world_is_a_date_like_any_other() -> None:
    assert told(Rule(pattern=Daily(), times=(MORNING,), valid_to=date.max)) == []
    assert told(Rule(pattern=Once(date.max), times=(MORNING,))) == []
