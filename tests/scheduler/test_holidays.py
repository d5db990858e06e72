"""The public holidays that seed the editable table."""

from datetime import date

import pytest

from scheduler.calendar import Holiday, vietnam_holidays
from scheduler.lunar import lunar_day


def test_the_decreed_days_of_2026_are_known_by_their_vietnamese_names() -> None:
    table = vietnam_holidays(2026)
    assert Holiday(date(2026, 11, 24), "Ngày Văn hóa Việt Nam") in table
    decreed = {date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 2)}
    assert decreed <= {holiday.day for holiday in table}
    assert table == sorted(table)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_tet_is_a_holiday_by_our_own_calendar(year: int) -> None:
    lunar = [lunar_day(holiday.day) for holiday in vietnam_holidays(year)]
    assert {(1, 1), (2, 1), (3, 1), (10, 3)} <= {(day.day, day.month) for day in lunar}
