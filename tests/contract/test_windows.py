"""The hours in which loudspeakers may sound."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.windows import ALL_DAY, Window, allows, open_until

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
USUAL = (Window("05:30", "06:30"), Window("17:00", "18:00"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-01T{text}:00+07:00")


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        ("05:30", "06:30", True),
        ("05:29", "05:40", False),
        ("06:25", "06:31", False),
        ("17:10", "17:20", True),
        ("06:00", "17:30", False),
        ("03:15", "03:20", False),
        ("05:40", "05:40", False),
        ("05:50", "05:40", False),
    ],
)
def test_only_what_lies_wholly_inside_is_allowed(start: str, end: str, allowed: bool) -> None:
    assert allows(USUAL, at(start), at(end), ZONE) is allowed


def test_the_round_the_clock_window_lets_an_item_cross_midnight() -> None:
    start = at("23:50")
    assert allows(ALL_DAY, start, start + timedelta(minutes=20), ZONE)
    assert allows(ALL_DAY, start, start + timedelta(days=3), ZONE)


def test_touching_windows_count_as_one() -> None:
    halves = (Window("06:00", "06:30"), Window("05:30", "06:00"))
    assert allows(halves, at("05:45"), at("06:15"), ZONE)


def test_without_windows_nothing_sounds() -> None:
    assert not allows((), at("05:30"), at("05:31"), ZONE)


def test_sound_may_go_on_until_the_window_closes() -> None:
    assert open_until(USUAL, at("06:25"), at("06:40"), ZONE) == at("06:30")
    assert open_until(USUAL, at("07:00"), at("07:10"), ZONE) == at("07:00")


def test_the_zone_decides_and_not_the_zone_of_the_given_times() -> None:
    utc = ZoneInfo("UTC")
    assert allows(USUAL, at("05:30").astimezone(utc), at("05:40").astimezone(utc), ZONE)


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        open_until(USUAL, at("05:30").replace(tzinfo=None), at("05:40"), ZONE)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("6:00", "07:00"),
        ("06:00", "06:00"),
        ("07:00", "06:00"),
        ("24:00", "24:00"),
        ("06:00", "25:00"),
        ("06:00", "07:0٠"),  # a digit, but not one that sorts with ours
    ],
)
def test_a_malformed_window_is_refused_also_when_read(start: str, end: str) -> None:
    with pytest.raises(ValueError, match="giờ"):
        Window(start, end)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"start": start, "end": end}, Window)


def test_a_window_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(ALL_DAY), type=tuple[Window, ...]) == ALL_DAY


minutes = st.integers(0, 2 * 24 * 60)


@given(minutes, minutes)
def test_an_allowed_span_is_allowed_minute_by_minute(first: int, second: int) -> None:
    midnight, minute = at("00:00"), timedelta(minutes=1)
    start, end = midnight + first * minute, midnight + second * minute
    each = [
        any(w.start <= f"{midnight + m * minute:%H:%M}" < w.end for w in USUAL)
        for m in range(first, second)
    ]
    assert allows(USUAL, start, end, ZONE) is (bool(each) and all(each))
