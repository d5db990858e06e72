"""Dates as people read them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from web import dates

NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)


def test_a_day_has_its_weekday_and_its_lunar_date() -> None:
    assert dates.long_day(date(2026, 2, 17)) == "Thứ Ba, 17/02/2026 (1/1 âm lịch)"
    assert dates.lunar_words(date(2025, 8, 1)) == "8/6 nhuận âm lịch"


def test_a_moment_is_told_on_the_clock_of_the_village() -> None:
    assert dates.moment(NOW) == "23/11/2026 00:30"
    assert dates.moment(None) == "–"
    with pytest.raises(ValueError, match="naive"):
        dates.moment(datetime(2026, 11, 22))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0, 5), "00:05 (0 giờ 5 sáng)"),
        (time(11), "11:00 (11 giờ trưa)"),
        (time(12, 30), "12:30 (12 giờ 30 trưa)"),
        (time(17), "17:00 (5 giờ chiều)"),
        (time(19, 45), "19:45 (7 giờ 45 tối)"),
        (time(23), "23:00 (11 giờ đêm)"),
    ],
)
def test_a_time_of_24_hours_is_also_said_as_people_say_it(at: time, said: str) -> None:
    assert dates.clock_words(at) == said


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "vừa xong"),
        (timedelta(minutes=3), "3 phút trước"),
        (timedelta(hours=5), "5 giờ trước"),
        (timedelta(days=2), "2 ngày trước"),
    ],
)
def test_how_long_ago(passed: timedelta, said: str) -> None:
    assert dates.ago(NOW - passed, NOW) == said
    assert dates.contact(NOW - passed, NOW) == f"liên lạc {said}"
    assert dates.contact(None, NOW) == "chưa từng liên lạc"
