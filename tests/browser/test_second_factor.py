"""A leader's telephone, once: set up from the notice, and shown at the next sign-in."""

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PASSWORD = "mây trắng trên đỉnh núi"


def invited(administrator: Visitor, login: str) -> str:
    """The link of an approver whom no other test knows."""
    administrator.open("/nguoi-dung/moi")
    page = administrator.page
    page.get_by_label("Họ tên").fill("Lãnh đạo có điện thoại")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Vai trò", exact=True).select_option("approver")
    page.get_by_label("Nơi phụ trách").select_option(label="– – Xã Nà Mây")
    administrator.press("Tạo lời mời")
    return page.get_by_label("Đường dẫn đặt mật khẩu lần đầu").input_value()


def test_a_telephone_is_set_up_in_three_taps(visit: Callable[..., Visitor]) -> None:
    link = invited(visit("quantri"), "hai.buoc")
    leader = visit()
    page = leader.page
    page.goto(link)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    leader.press("Lưu mật khẩu")
    leader.sign_in("hai.buoc", PASSWORD)
    page.get_by_role("link", name="bật xác nhận hai bước").click()  # 1
    leader.press("Bật xác nhận hai bước")  # 2
    page.get_by_text("Không quét được?").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    leader.check("second-factor-setup")
    page.get_by_label("Sáu số trên ứng dụng").fill(pyotp.TOTP(secret).now())
    leader.press("Bật")  # 3
    recovery = page.locator("ol code").first.inner_text()
    leader.check("second-factor-codes")
    leader.press("Đã cất, tiếp tục")
    expect(page.get_by_text("Còn 10 mã chưa dùng")).to_be_visible()

    again = visit()
    again.open("/dang-nhap")
    again.page.get_by_label("Tên đăng nhập").fill("hai.buoc")
    again.page.get_by_label("Mật khẩu").fill(PASSWORD)
    again.press("Đăng nhập")
    expect(again.page.get_by_role("heading", name="Nhập mã xác nhận")).to_be_visible()
    again.check("second-factor-door")
    again.page.get_by_label("Mã sáu số trên điện thoại").fill(recovery)
    again.press("Vào")
    expect(again.page.get_by_role("heading", name="Chào Lãnh đạo có điện thoại")).to_be_visible()
