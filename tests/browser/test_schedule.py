"""The schedule of the villages, from the first page to the week of a commune."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_the_week_of_a_commune_is_two_taps_away(visit: Callable[..., Visitor]) -> None:
    visitor = visit("kythuat")
    page = visitor.page
    page.set_viewport_size(DESK)
    visitor.open("/")
    page.get_by_role("link", name="Lịch phát").first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("hôm nay")
    page.get_by_role("rowheader", name=re.compile("Xã Suối Mây")).get_by_role("link").click()
    expect(page).to_have_url(re.compile("xem=tuan"))
    expect(page.get_by_role("rowheader", name=re.compile("Thứ |Chủ nhật"))).to_have_count(7)
    visitor.check("schedule-week-commune")
    page.get_by_role("link", name="Tuần sau").click()
    page.get_by_role("link", name="Tuần này").click()
    page.get_by_role("link", name="Danh sách").click()
    visitor.check("schedule-list-commune")
