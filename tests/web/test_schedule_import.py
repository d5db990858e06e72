"""Calendars and workbooks become drafts: each event and row says what, or why not."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from contract.states import BulletinState
from controller.content import rule_of
from controller.intake import OPEN_TEXT
from controller.model import Bulletin
from controller.store import Store
from scheduler.description import describe
from tests.controller.air import approve, register
from tests.controller.calendars.test_process import calendar
from tests.controller.sheets.books import book
from tests.controller.village import OneKey, Village
from tests.web.browser import Browser, forms

HERE = "/lich/nhap/"
HEADS = ("Tên chương trình", "Nơi phát", "Thứ", "Giờ", "Từ ngày", "Đến ngày", "Nội dung")
WEEKLY = (
    "SUMMARY:Bản tin tuần\nLOCATION:Xã Suối Mây\nDTSTART;TZID=Asia/Ho_Chi_Minh:20261130T053000\n"
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TH"
)


def give(who: Browser, content: bytes, area: str = "") -> TestResponse:
    return who.post(HERE, {"file": (BytesIO(content), "lich.ics"), "area": area})


def accept(who: Browser, page: TestResponse) -> TestResponse:
    (form,) = (form for form in forms(page.text) if form.action == f"{HERE}ghi")
    return who.post(f"{HERE}ghi", form.fields)


def drafts(store: Store) -> dict[str, Bulletin]:
    with store.reading() as session:
        return {each.title: each for each in session.scalars(select(Bulletin))}


def test_events_become_drafts_and_are_taken_back(
    officer: Browser, store: Store, village: Village
) -> None:
    other = "SUMMARY:Họp thôn\nDESCRIPTION:Mời bà con đi họp.\nDTSTART:20261201T170000"
    past = "SUMMARY:Đã qua\nDTSTART:20200101T170000"
    page = give(
        officer,
        calendar(WEEKLY, other, past, "SUMMARY:Lễ\nDTSTART;VALUE=DATE:20261201"),
        village.suoi_may,
    )
    assert page.status_code == 200
    assert "Tạo 2 bản nháp?" in page.text
    assert "2 mục không nhập được" in page.text
    assert "đã qua" in page.text
    assert "Sự kiện cả ngày" in page.text
    assert drafts(store) == {}, "nothing before the second step"
    done = accept(officer, page)
    assert "Đã tạo 2 bản nháp" in done.text
    made = drafts(store)
    assert (
        describe(rule_of(made["Bản tin tuần"]))
        == "05:30 thứ Hai và thứ Năm hằng tuần, từ 30/11/2026"
    )
    assert made["Bản tin tuần"].text == OPEN_TEXT
    assert made["Họp thôn"].text == "Mời bà con đi họp."
    assert {each.targets[0] for each in made.values()} == {village.suoi_may}
    again = give(officer, calendar(WEEKLY))
    assert "Đã có bản tin này" in again.text
    back = {"made": re.findall('name="made" value="([^"]+)"', done.text)}
    assert officer.post(f"{HERE}rut", back).status_code == 303
    assert {each.state for each in drafts(store).values()} == {BulletinState.WITHDRAWN}


def test_our_own_export_comes_back(officer: Browser, store: Store, village: Village) -> None:
    with store.writing() as session:
        register(session, village.suoi_may)
        approve(session, village, OneKey(), title="Bản tin ngày")
    page = give(officer, officer.get("/lich.ics").data)
    assert "Tạo 1 bản nháp?" in page.text
    assert "17:00 hằng ngày" in page.text


def test_each_wrong_cell_of_a_workbook_is_named(officer: Browser, store: Store) -> None:
    lines = [
        ("Bản tin sáng", "Xã Suối Mây", "2-6", "05:30", "", "", "Chào bà con."),
        ("", "Xã Nà Mây", "9", "25h", "hôm qua", "", ""),
        (
            "Pháp luật",
            "xa suoi may",
            "Thứ Bảy, chủ nhật",
            "17h; 17:30",
            "01/12/2026",
            "2026-12-31",
            "",
        ),
        ("Thiếu", "", "hằng ngày", "", "", "", ""),
        ("Ngược", "Xã Suối Mây", "hằng ngày", "17:00", "31/12/2026", "01/12/2026", ""),
    ]
    page = give(officer, book(HEADS, *lines))
    assert "Tạo 2 bản nháp?" in page.text
    assert (
        "17:00 và 17:30 thứ Bảy và Chủ nhật hằng tuần, từ 01/12/2026 đến hết 31/12/2026"
        in page.text
    )
    for cell in ("B3", "C3", "D3", "E3", "B5", "D5", "F6"):
        assert f"{cell}: " in page.text, cell
    accept(officer, page)
    assert set(drafts(store)) == {"Bản tin sáng", "Pháp luật"}


def test_only_what_was_chosen_is_made(officer: Browser, store: Store, village: Village) -> None:
    page = give(officer, calendar(WEEKLY))
    (form,) = (form for form in forms(page.text) if form.action == f"{HERE}ghi")
    none = officer.post(f"{HERE}ghi", {**form.fields, "chosen": []})
    assert none.status_code == 422
    assert "Chưa chọn bản tin nào" in none.text
    assert drafts(store) == {}


def test_what_can_be_made_no_more_is_told(officer: Browser, village: Village) -> None:
    other = "SUMMARY:Họp thôn\nDTSTART:20261201T170000"
    both = give(officer, calendar(WEEKLY, other), village.suoi_may)
    accept(officer, give(officer, calendar(WEEKLY)))
    done = accept(officer, both)
    assert "Đã tạo 1 bản nháp" in done.text
    assert "1 mục đã chọn không tạo được nữa" in done.text


def test_a_neighbours_place_is_none(
    officer: Browser, browser: Browser, store: Store, village: Village
) -> None:
    technician = browser.signed_in(village.technician)
    page = give(
        officer, calendar("SUMMARY:x\nLOCATION:Xã Nà Mây\nDTSTART:20261201T170000"), village.na_may
    )
    assert "không chỉ rõ một nơi trong địa bàn" in page.text
    assert technician.get(HERE).status_code == 404
    assert give(technician, calendar(WEEKLY)).status_code == 404
    assert technician.post(f"{HERE}rut", {}).status_code == 404
    with store.writing() as session:
        one = approve(session, village, OneKey()).id
    stranger = {"made": [one, "x"]}
    assert officer.post(f"{HERE}rut", stranger).status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Hãy chọn tệp lịch"),
        (b"x" * 50, "Không đọc được tệp này"),
        (b"PK" + b"x" * 50, "Không mở được tệp này"),
        (calendar(), "không có sự kiện nào"),
        (book(("Tên",)), "Dòng đầu thiếu cột"),
    ],
)
def test_a_file_that_is_none_says_why(officer: Browser, content: bytes, told: str) -> None:
    page = give(officer, content)
    assert page.status_code == 422
    assert told in page.text
    assert "không còn trên máy chủ" in officer.post(f"{HERE}ghi", {"kept": "../x"}).text


def test_the_example_is_a_right_list(officer: Browser) -> None:
    page = give(officer, officer.get(f"{HERE}mau").data)
    assert "Tạo 2 bản nháp?" in page.text
    assert "không nhập được" not in page.text
