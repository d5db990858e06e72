"""Lists and calendars come in, and a calendar follows: people's taps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Visitor
from tests.controller.calendars.test_process import calendar
from tests.controller.sheets.books import book

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_calendar_becomes_drafts_and_is_taken_back(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/lich/")
    officer.press("Nhập lịch")
    officer.check("schedule-import")
    content = calendar(
        "SUMMARY:Bản tin thử nhập\nDTSTART:20300107T053000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH",
        "SUMMARY:Ngày lễ\nDTSTART;VALUE=DATE:20300101",
    )
    page.set_input_files("#file", file("lich.ics", content))
    officer.press("Kiểm tra")
    expect(page.get_by_role("heading", name="Tạo 1 bản nháp?")).to_be_visible()
    officer.check("schedule-import-checked")
    officer.press("Tạo bản nháp")
    expect(page.get_by_role("heading", name="Đã tạo 1 bản nháp")).to_be_visible()
    officer.check("schedule-imported")
    officer.press("Hoàn tác: rút cả 1 bản nháp")
    expect(page.get_by_text("Đã rút 1 bản nháp vừa nhập.")).to_be_visible()


def test_people_are_invited_from_a_workbook(visit: Callable[..., Visitor]) -> None:
    administrator = visit("quantri")
    page = administrator.page
    administrator.open("/nguoi-dung/")
    administrator.press("Mời từ bảng tính")
    administrator.check("people-import")
    heads = ("Họ tên", "Tên đăng nhập", "Vai trò", "Nơi phụ trách")
    right = ("Lò Thị Thử", "thu.nhap", "Cán bộ xã", "Xã Suối Mây")
    page.set_input_files("#file", file("sai.xlsx", book(heads, ("", "x", "Vua", "Xã Suối Mây"))))
    administrator.press("Kiểm tra")
    administrator.check("people-import-wrong")
    administrator.press("Chọn lại tệp")
    page.set_input_files("#file", file("dung.xlsx", book(heads, right)))
    administrator.press("Kiểm tra")
    administrator.check("people-import-right")
    administrator.press("Mời 1 người")
    expect(page.get_by_label("Lò Thị Thử · thu.nhap")).to_be_visible()
    administrator.check("people-import-links")


def test_a_calendar_follows_by_one_address(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/lich/theo-doi/")
    page.get_by_label("Tên", exact=True).fill("Máy thử")
    officer.press("Tạo địa chỉ")
    link = page.get_by_label("Địa chỉ").input_value()
    officer.check("calendar-key-made")
    assert "BEGIN:VCALENDAR" in visit().page.request.get(link).text()
    officer.press("Về danh sách địa chỉ")
    officer.check("calendar-keys-some")
    officer.press("Thu hồi Máy thử")
    expect(page.get_by_text("Đã thu hồi.")).to_be_visible()
    assert page.request.get(link).status == 404
