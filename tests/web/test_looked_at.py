"""Troubles of the server on the first page of those who run it."""

from controller import alarms
from tests.controller.village import NOW


def happens(store, code="unplannable", detail="Bản tin họp thôn không xếp lịch được."):
    with store.writing() as session:
        alarms.sound_alarm(session, code, detail, NOW)


def test_a_trouble_of_the_server_stays_until_its_administrator_has_looked(browser, village, store):
    happens(store)
    administrator = browser.signed_in(village.administrator)
    assert "không xếp lịch được" in administrator.get("/").text
    administrator.fill("/", "/may-chu/da-xem", {})
    page = administrator.get("/").text
    assert "Đã ghi là đã xem" in page
    assert "không xếp lịch được" not in page


def test_nobody_else_reads_of_it_or_puts_it_aside(browser, village, store):
    happens(store)
    for who in (village.officer, village.technician):
        other = browser.signed_in(who)
        assert "không xếp lịch được" not in other.get("/").text
        assert other.post("/may-chu/da-xem", {"viec": "1"}).status_code == 404


def test_what_ends_by_itself_has_no_button(browser, village, store):
    happens(store, "slot_lost", "1 bản tin đã lỡ giờ phát.")
    page = browser.signed_in(village.administrator).get("/").text
    assert "đã lỡ giờ phát" in page
    assert "/may-chu/da-xem" not in page
