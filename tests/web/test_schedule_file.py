"""The calendar file: read back by its own reader, it says what is approved."""

from datetime import UTC, datetime, time, timedelta

import icalendar
import pytest
from dateutil import rrule

from contract.states import AiringState
from controller.store import Store
from scheduler.patterns import Weekday, Weekly
from scheduler.rules import Rule, starts
from tests.controller.air import airings, approve, plan_all, register
from tests.controller.village import NOW, TODAY, OneKey, Village
from tests.web.browser import Browser

WEEKLY = Rule(
    pattern=Weekly((Weekday.MONDAY, Weekday.THURSDAY)),
    times=(time(5, 30), time(17, 0)),
    valid_to=TODAY + timedelta(days=90),
    skips=(TODAY + timedelta(days=7),),
)


def events(browser: Browser, query: str = "") -> list[icalendar.Event]:
    answer = browser.get(f"/lich.ics{query}")
    assert answer.mimetype == "text/calendar"
    made = icalendar.Calendar.from_ical(answer.data)
    assert {str(zone["TZID"]) for zone in made.timezones} == {"Asia/Ho_Chi_Minh"}
    assert not made.errors
    return list(made.events)


def expanded(event: icalendar.Event) -> list[datetime]:
    """By dateutil, from the text of the file."""
    found = rrule.rruleset()
    first = event.start
    if "RRULE" in event:
        text = event["RRULE"].to_ical().decode()
        found.rrule(rrule.rrulestr(text, dtstart=first))
    else:
        found.rdate(first)
    for excluded in event.exdates:
        found.exdate(excluded)
    for further in event.rdates:
        found.rdate(further[0] if isinstance(further, tuple) else further)
    return [start.astimezone(UTC) for start in found]


@pytest.fixture
def weekly(store: Store, village: Village) -> list[datetime]:
    """A bulletin for mornings and afternoons; the starts that were approved."""
    with store.writing() as session:
        register(session, village.suoi_may)
        approve(session, village, OneKey(), rule=WEEKLY, title="Bản tin, tuần; mới")
        plan_all(session, OneKey())
    return starts(WEEKLY, NOW, NOW + timedelta(days=366), ())


def test_a_programme_is_repeated_on_exactly_its_starts(
    officer: Browser, weekly: list[datetime]
) -> None:
    found = events(officer)
    assert {str(event["SUMMARY"]) for event in found} == {"Bản tin, tuần; mới"}
    assert {str(event["LOCATION"]) for event in found} == {"Xã Suối Mây"}
    assert len({str(event["UID"]) for event in found}) == len(found)
    assert sorted(start for event in found for start in expanded(event)) == weekly
    assert all("RRULE" in event for event in found)


def test_a_cancelled_start_is_left_out(
    officer: Browser, store: Store, weekly: list[datetime]
) -> None:
    with store.writing() as session:
        first = airings(session)[0]
        first.state = AiringState.CANCELLED
        gone = first.starts_at
    found = [start for event in events(officer) for start in expanded(event)]
    assert sorted(found) == [start for start in weekly if start != gone]


def test_a_neighbour_gets_nothing_of_it(
    stranger: Browser, browser: Browser, village: Village, weekly: list[datetime]
) -> None:
    assert weekly
    assert b"VEVENT" not in stranger.get("/lich.ics").data
    assert stranger.get(f"/lich.ics?noi={village.suoi_may}").status_code == 404
    assert browser.get("/lich.ics").status_code in (302, 303)
