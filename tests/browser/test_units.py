"""The tree of areas in a browser: a hamlet is added, a merger and a split are looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def decreed(page: Page) -> None:
    page.get_by_label("Số văn bản").fill("15/NQ-HĐND")
    page.get_by_label("Ngày văn bản").fill("2026-01-15")


def test_a_hamlet_is_added_in_four_taps_and_a_merger_is_seen_first(
    visit: Callable[..., Visitor],
) -> None:
    administrator = visit("quantri")
    administrator.open("/don-vi/")
    page = administrator.page
    page.locator("main a.row-line").first.click()  # 1, the khu vực
    zone = page.url
    page.get_by_role("link", name="Xã Nà Mây").click()  # 2
    commune = page.url
    administrator.press("Thêm đơn vị bên dưới")  # 3
    page.get_by_label("Tên đơn vị").fill("Thôn Cuối Bản Đồ")
    decreed(page)
    administrator.press("Thêm từ hôm nay")  # 4
    expect(page.get_by_role("link", name="Thôn Cuối Bản Đồ")).to_be_visible()
    administrator.check("unit-commune")

    page.goto(f"{zone}/sap-nhap")
    for box in page.locator("input[name=areas]").all():
        box.check()
    page.get_by_label("Tên xã mới").fill("Xã Mây Chung")
    decreed(page)
    administrator.press("Xem trước")
    expect(page.get_by_text("Xem lại trước khi sáp nhập")).to_be_visible()
    administrator.check("unit-merge")

    page.goto(f"{commune}/chia")
    page.get_by_label("Tên xã thứ 1").fill("Xã Nà Thượng")
    page.get_by_label("Tên xã thứ 2").fill("Xã Nà Hạ")
    page.get_by_label("Thôn Cuối Bản Đồ").select_option("2")
    decreed(page)
    administrator.press("Xem trước")
    expect(page.get_by_text("Xã Nà Hạ: 0 cụm loa, 1 thôn")).to_be_visible()
    administrator.check("unit-split")
