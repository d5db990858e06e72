"""Lunar dates on known years."""

from datetime import date

import pytest

from scheduler.lunar import LunarDay, ends_lunar_month, lunar_day
from scheduler.patterns import LAST, LeapMonth, Lunar, days_of

# First day of the Vietnamese year; in 1968, 1985 and 2007 it is not China's.
TET = [
    date(1968, 1, 29),
    date(1985, 1, 21),
    date(2000, 2, 5),
    date(2007, 2, 17),
    date(2020, 1, 25),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 2),  # China: 3 February
]


def year(pattern: Lunar, number: int) -> list[date]:
    return list(days_of(pattern, date(number, 1, 1), date(number, 12, 31)))


@pytest.mark.parametrize("tet", TET, ids=str)
def test_tet_falls_on_its_known_day(tet: date) -> None:
    assert lunar_day(tet) == LunarDay(1, 1, tet.year, leap=False)
    assert year(Lunar(1, 1, LeapMonth.REGULAR), tet.year) == [tet]


@pytest.mark.parametrize(
    ("eve", "day"),
    [
        (date(2024, 2, 9), 30),
        (date(2025, 1, 28), 29),
        (date(2026, 2, 16), 29),
        (date(2027, 2, 5), 29),
        (date(2030, 2, 1), 29),
    ],
)
def test_new_years_eve_is_the_last_day_of_month_12_even_when_that_is_the_29th(
    eve: date, day: int
) -> None:
    assert lunar_day(eve).day == day
    assert ends_lunar_month(eve)
    assert year(Lunar(LAST, 12, LeapMonth.REGULAR), eve.year) == [eve]


def test_day_30_is_passed_in_a_month_of_29_days() -> None:
    thirtieth = year(Lunar(30, None, LeapMonth.BOTH), 2026)
    last = year(Lunar(LAST, None, LeapMonth.BOTH), 2026)
    assert set(thirtieth) < set(last)
    assert {lunar_day(day).day for day in set(last) - set(thirtieth)} == {29}


@pytest.mark.parametrize(
    ("leap", "days"),
    [
        (LeapMonth.REGULAR, [date(2025, 7, 9)]),
        (LeapMonth.LEAP, [date(2025, 8, 8)]),
        (LeapMonth.BOTH, [date(2025, 7, 9), date(2025, 8, 8)]),
    ],
)
def test_the_leap_policy_chooses_between_the_two_sixth_months_of_2025(
    leap: LeapMonth, days: list[date]
) -> None:
    assert year(Lunar(15, 6, leap), 2025) == days


def test_full_moon_comes_thirteen_times_in_the_leap_year_of_2025() -> None:
    first, last = date(2025, 1, 29), date(2026, 2, 16)
    assert len(list(days_of(Lunar(15, None, LeapMonth.BOTH), first, last))) == 13
    assert len(list(days_of(Lunar(15, None, LeapMonth.REGULAR), first, last))) == 12
