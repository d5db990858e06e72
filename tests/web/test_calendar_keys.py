"""Subscribed calendars: a secret address that reads one schedule, until it is revoked."""

import re

import icalendar
import pytest
from sqlalchemy import select

from controller import people
from controller.calendar_keys import A_MINUTE, MOST
from controller.model import AuditLine, CalendarKey
from controller.store import Store
from tests.controller.air import approve, plan_all, register
from tests.controller.village import NOW, OneKey, Village
from tests.web.browser import Browser

PAGE = "/lich/theo-doi/"


@pytest.fixture
def path(officer: Browser, village: Village, store: Store) -> str:
    """The path of a new address; something is approved for its place."""
    with store.writing() as session:
        register(session, village.suoi_may)
        approve(session, village, OneKey(), title="Bản tin sáng")
        plan_all(session, OneKey())
    return made(officer, village.suoi_may)


def made(who: Browser, area_id: str) -> str:
    page = who.post(PAGE, {"name": "Điện thoại", "area": area_id})
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    found = re.search(r'href="webcal://[^/"]+(/lich/theo-doi/[^"]+\.ics)"', page.text)
    assert found is not None
    return found[1]


def key_of(store: Store) -> CalendarKey:
    with store.reading() as session:
        return session.scalars(select(CalendarKey)).one()


def test_a_calendar_without_a_cookie_follows_the_schedule(
    browser: Browser, officer: Browser, path: str
) -> None:
    answer = browser.get(path)
    assert answer.mimetype == "text/calendar"
    assert answer.data == officer.get("/lich.ics").data, "the file that its maker would load"
    events = icalendar.Calendar.from_ical(answer.data).events
    assert {str(event["SUMMARY"]) for event in events} == {"Bản tin sáng"}
    assert "Set-Cookie" not in answer.headers
    assert browser.client.head(path).status_code == 200


def test_whoever_has_the_file_is_told_so(browser: Browser, path: str, store: Store) -> None:
    tag = browser.get(path).headers["ETag"]
    again = browser.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    with store.writing() as session:
        key = session.scalars(select(CalendarKey)).one()
        key.minute = 0
    assert browser.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def test_the_address_is_shown_once_and_kept_nowhere(
    officer: Browser, browser: Browser, path: str, store: Store
) -> None:
    secret = path.rpartition("/")[2].removesuffix(".ics")
    key = key_of(store)
    assert secret not in str(vars(key))
    page = officer.get(PAGE).text
    assert secret not in page
    assert "chưa dùng lần nào" in page
    browser.get(path)
    assert "xem lần cuối" in officer.get(PAGE).text
    with store.reading() as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.object_id == key.id)).all()
    assert [line.action for line in lines] == ["calendar_key.make"]
    assert secret not in str([line.after for line in lines])


def test_a_revoked_address_leads_nowhere(
    officer: Browser, approver: Browser, browser: Browser, path: str, store: Store
) -> None:
    revoke = f"{PAGE}{key_of(store).id}/thu-hoi"
    assert approver.post(revoke, {}).status_code == 404, "its maker's alone"
    assert browser.get(path).status_code == 200
    assert officer.post(revoke, {}).status_code == 303
    assert "đã thu hồi" in officer.get(PAGE).text
    assert browser.get(path).status_code == 404
    assert browser.get(f"{PAGE}x.ics").status_code == 404


def test_it_ends_with_its_maker(
    browser: Browser, path: str, store: Store, village: Village
) -> None:
    with store.writing() as session:
        people.deactivate(session, village.administrator, village.officer.person_id, now=NOW)
    assert browser.get(path).status_code == 404


def test_nobody_follows_what_they_may_not_see(officer: Browser, village: Village) -> None:
    page = officer.post(PAGE, {"name": "Của xã khác", "area": village.na_may})
    assert page.status_code == 422
    assert "trong địa bàn của bạn" in page.text
    assert officer.post(PAGE, {"name": " ", "area": village.suoi_may}).status_code == 422


def test_neither_addresses_nor_requests_are_without_end(
    officer: Browser, browser: Browser, path: str, village: Village, store: Store
) -> None:
    with store.writing() as session:
        key = session.scalars(select(CalendarKey)).one()
        key.minute, key.asked = int(NOW.timestamp()) // 60, A_MINUTE
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    for _ in range(MOST - 1):
        made(officer, village.suoi_may)
    assert officer.post(PAGE, {"name": "Nữa", "area": village.suoi_may}).status_code == 422
