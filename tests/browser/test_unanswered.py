"""What was typed stays in its form when the answer refuses it, or does not come."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

TUNING = "/tram-loa/suoi-may-1/chinh"
UNTOUCHED = "/tram-loa/suoi-may-2/chinh"


def test_a_number_that_is_refused_is_told_at_its_field(visit: Callable[..., Visitor]) -> None:
    technician = visit("kythuat")
    technician.open(TUNING)
    page = technician.page
    set_volume(page, "500")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#volume")).to_have_value("500")
    expect(page.locator("#volume-wrong")).to_be_visible()
    expect(page.get_by_role("heading", name="Chỉnh tại chỗ")).to_have_count(1)
    technician.check("unanswered-1-refused")


def test_a_lost_packet_leaves_the_form_and_what_was_typed(visit: Callable[..., Visitor]) -> None:
    technician = visit("kythuat")
    technician.open(TUNING)
    page = technician.page
    page.locator("#taken").evaluate("part => part.remove()")  # it asks the server by itself
    page.context.set_offline(True)
    for _ in range(2):  # one note, however often
        set_volume(page, "55")
        expect(page.get_by_role("alert")).to_contain_text("Máy chủ không trả lời")
        expect(page.get_by_role("alert")).to_be_in_viewport()
        expect(page.locator("#volume")).to_have_value("55")
    technician.complaints.clear()
    technician.check("unanswered-2-lost")
    page.context.set_offline(False)
    set_volume(page, "55")
    expect(page.get_by_role("heading", name="Âm lượng: 55 %")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_change_that_cannot_be_taken_back_is_told(visit: Callable[..., Visitor]) -> None:
    technician = visit("kythuat")
    page = technician.page
    technician.open(UNTOUCHED)
    there = f"{technician.address}{UNTOUCHED}/ve-muc-truoc"
    page.route(f"**{UNTOUCHED}", lambda route: route.continue_(url=there))
    set_volume(page, "60")
    expect(page.locator("#error-summary")).to_contain_text("Chưa có thay đổi nào")
    expect(page.locator("#volume")).to_be_visible()
    technician.complaints.clear()  # of the 409


def set_volume(page: Page, percent: str) -> None:
    page.locator("#volume").fill(percent)
    page.locator("form", has=page.locator("#volume")).get_by_role("button", name="Đặt").click()
