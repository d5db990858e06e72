"""What a calendar file says, and that a hostile one harms nobody."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from controller.calendars.candidates import (
    ALONE,
    CANCELLED,
    REPLACED,
    RETITLED,
    WHOLE_DAY,
    candidates,
)
from controller.calendars.events import MOST_EVENTS, UNREADABLE
from controller.calendars.process import read
from controller.calendars.wire import Events
from controller.sheets.wire import Trouble
from scheduler.calendar import ZONE
from scheduler.rules import Move

FIRST = datetime(2026, 12, 1, 17, 0, tzinfo=ZONE)


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".encode()


def only(event: str) -> str:
    """Why this single event is not taken in; "" for one that is."""
    (one,) = candidates(read(calendar(event)).events)
    return " ".join(one.wrong)


def test_an_event_is_read_in_village_time() -> None:
    found = read(
        calendar(
            "UID:1\nSUMMARY:Bản tin\\, sáng\nLOCATION:Xã Suối Mây\nDTSTART:20261201T100000Z\n"
            "RRULE:FREQ=WEEKLY;UNTIL=20270101T000000Z\nEXDATE;VALUE=DATE:20261208"
        )
    )
    (event,) = found.events
    assert (event.title, event.place, event.starts) == ("Bản tin, sáng", "Xã Suối Mây", FIRST)
    assert event.excluded_days == [date(2026, 12, 8)]
    (one,) = candidates(found.events)
    assert one.rule is not None
    assert one.rule.skips == (date(2026, 12, 8),)


def test_a_changed_occurrence_moves_or_drops_it() -> None:
    daily = "UID:1\nSUMMARY:Tin\nDTSTART:20261201T170000\nRRULE:FREQ=DAILY;COUNT=9"
    moved = "UID:1\nSUMMARY:Tin\nRECURRENCE-ID:20261202T170000\nDTSTART:20261202T173000"
    dropped = "UID:1\nSTATUS:CANCELLED\nRECURRENCE-ID:20261203T170000\nDTSTART:20261203T170000"
    one, *others = candidates(read(calendar(daily, moved, dropped)).events)
    assert one.rule is not None
    assert one.rule.moves == (Move(FIRST.replace(day=2), FIRST.replace(day=2, minute=30)),)
    assert one.rule.skips == (date(2026, 12, 3),)
    assert [each.wrong for each in others] == [(REPLACED,), (REPLACED,)]
    renamed = moved.replace("SUMMARY:Tin", "SUMMARY:Tin khác")
    one, _ = candidates(read(calendar(daily, renamed)).events)
    assert one.wrong == (RETITLED,)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART;VALUE=DATE:20261201", WHOLE_DAY),
        ("DTSTART:garbage", UNREADABLE),
        ("SUMMARY:x", UNREADABLE),
        ("STATUS:CANCELLED\nDTSTART:20261201T170000", CANCELLED),
        ("UID:1\nRECURRENCE-ID:20261201T170000\nDTSTART:20261201T180000", ALONE),
        ("DTSTART:20261201T170000\nRRULE:FREQ=SECONDLY", "lặp dày hơn"),
        ("DTSTART;TZID=Europe/Paris:20261201T100000\nRRULE:FREQ=DAILY", "giờ của nước khác"),
        ("DTSTART:20261201T220000Z\nRRULE:FREQ=WEEKLY", "giờ của nước khác"),
        ("DTSTART:20261201T170000\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "nhiều cách lặp"),
        ("DTSTART:20261201T170000\nRDATE;VALUE=DATE:20261203", "không ghi giờ"),
        (f"DTSTART:20261201T170000\nEXDATE:{','.join(['20261202T170000'] * 500)}", "ngoại lệ"),
        (f"DTSTART:20261201T170000\nRRULE:FREQ=DAILY;BYDAY={','.join(['MO'] * 900)}", "quá dài"),
    ],
)
def test_what_is_not_taken_in_says_why(event: str, why: str) -> None:
    assert why in only(event)


BAD: dict[str, tuple[Callable[[], bytes], Trouble]] = {
    "junk": (lambda: b"x" * 100, Trouble.UNREADABLE),
    "empty lines": (lambda: b"\n\n", Trouble.UNREADABLE),
    "deep": (lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 50_000, Trouble.UNREADABLE),
    "too many": (lambda: calendar(*["UID:x"] * (MOST_EVENTS + 1)), Trouble.TOO_LONG),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_harms_nobody(name: str) -> None:
    make, trouble = BAD[name]
    assert read(make()) == Events(trouble=trouble)


def test_an_endless_rule_costs_nothing() -> None:
    content = calendar(*["DTSTART:20261201T170000\nRRULE:FREQ=YEARLY;COUNT=9999"] * 50)
    assert len(candidates(read(content).events)) == 50
    assert read(content, within_s=0.001) == Events(trouble=Trouble.TOO_LONG)
