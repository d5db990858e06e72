"""A rule said back to the person who entered it."""

from datetime import date, datetime, time, timedelta

import pytest

from scheduler.calendar import ZONE
from scheduler.description import describe
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
from scheduler.rules import Move, OnHolidays, Rule

FRIDAY = (Weekday.FRIDAY,)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Once(date(2026, 12, 1)), "ngày 01/12/2026"),
        (Daily(), "hằng ngày"),
        (Weekly((Weekday.SUNDAY, Weekday.TUESDAY)), "thứ Ba và Chủ nhật hằng tuần"),
        (
            EveryNWeeks(FRIDAY, 2, date(2026, 12, 4)),
            "thứ Sáu, 2 tuần một lần kể từ tuần có ngày 04/12/2026",
        ),
        (MonthlyDays((1, 15, LAST)), "ngày 1, ngày 15 và ngày cuối tháng hằng tháng"),
        (MonthlyDays((-3,)), "ngày thứ 3 từ cuối tháng hằng tháng"),
        (MonthlyWeekdays(FRIDAY, (1, 3)), "thứ Sáu đầu tiên và thứ Sáu thứ 3 hằng tháng"),
        (MonthlyWeekdays(FRIDAY, (LAST,)), "thứ Sáu cuối cùng hằng tháng"),
        (MonthlyWeekdays(FRIDAY, (-2,)), "thứ Sáu thứ 2 từ cuối tháng hằng tháng"),
        (Yearly(30, 4), "ngày 30/04 hằng năm"),
        (Lunar(15, None, LeapMonth.BOTH), "rằm âm lịch hằng tháng (kể cả tháng nhuận)"),
        (
            Lunar(1, 1, LeapMonth.REGULAR),
            "mùng 1 tháng Giêng âm lịch hằng năm (không tính tháng nhuận)",
        ),
        (
            Lunar(LAST, 12, LeapMonth.REGULAR),
            "ngày cuối tháng Chạp âm lịch hằng năm (không tính tháng nhuận)",
        ),
        (
            Lunar(30, 6, LeapMonth.LEAP),
            "ngày 30 tháng 6 âm lịch hằng năm (chỉ tháng nhuận, tháng thiếu không phát)",
        ),
    ],
)
def test_each_pattern_has_its_words(pattern: Pattern, words: str) -> None:
    assert describe(Rule(pattern=pattern, times=(time(5, 30),))) == f"05:30 {words}"


def test_validity_and_exceptions_follow() -> None:
    def at(day: int) -> datetime:
        return datetime(2026, 12, day, 17, 0, tzinfo=ZONE)

    rule = Rule(
        pattern=Daily(),
        times=(time(5, 30), time(17), time(17, 30, 5)),
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 31),
        holidays=OnHolidays.SKIP,
        skips=(date(2026, 12, 2),),
        moves=(Move(at(3), at(4)),),
        extras=(at(5),),
    )
    assert describe(rule) == (
        "05:30, 17:00 và 17:30:05 hằng ngày, từ 01/12/2026 đến hết 31/12/2026, trừ ngày lễ, "
        "trừ ngày 02/12/2026, chuyển 17:00 ngày 03/12/2026 sang 17:00 ngày 04/12/2026, "
        "thêm 17:00 ngày 05/12/2026"
    )


def test_days_left_out_are_named_up_to_a_dozen() -> None:
    first = date(2026, 12, 1)
    days = tuple(first + timedelta(days=n) for n in range(14))
    told = describe(Rule(pattern=Daily(), times=(time(17),), skips=days[:2]))
    assert told == "17:00 hằng ngày, trừ các ngày 01/12/2026 và 02/12/2026"
    assert describe(Rule(pattern=Daily(), times=(time(17),), skips=days)).endswith("và 2 ngày khác")


def test_a_rule_with_an_open_end_says_only_its_start() -> None:
    rule = Rule(pattern=Daily(), times=(time(5, 30),), valid_from=date(2026, 12, 1))
    assert describe(rule) == "05:30 hằng ngày, từ 01/12/2026"
