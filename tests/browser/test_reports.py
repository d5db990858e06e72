"""The report, from the first page to the stations of a commune."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_the_report_of_today_is_two_taps_away(visit: Callable[..., Visitor]) -> None:
    visitor = visit("quantri")
    visitor.page.set_viewport_size(DESK)
    visitor.open("/")
    visitor.page.get_by_role("link", name="Báo cáo").first.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Báo cáo")
    visitor.page.get_by_label("Kỳ báo cáo").select_option("Hôm nay")
    visitor.page.get_by_role("button", name="Xem").click()
    expect(visitor.page).to_have_url(re.compile("ky=hom-nay"))
    visitor.check("report-today")
    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("link", name="Tải bảng tính").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
