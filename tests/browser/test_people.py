"""Somebody is invited and works: an administrator's taps, and the newcomer's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def test_somebody_is_invited_in_three_taps_and_locked_in_two(visit: Callable[..., Visitor]) -> None:
    administrator = visit("quantri")
    administrator.open("/nguoi-dung/")
    page = administrator.page
    administrator.press("Mời người mới")  # 1
    page.get_by_label("Họ tên").fill("Giàng Seo Thử")
    page.get_by_label("Tên đăng nhập").fill("thu.moi")
    page.get_by_label("Vai trò", exact=True).select_option("officer")
    page.get_by_label("Nơi phụ trách").select_option(label="– – Xã Suối Mây")
    administrator.check("people-new")
    administrator.press("Tạo lời mời")  # 2
    link = page.get_by_label("Đường dẫn đặt mật khẩu lần đầu").input_value()

    newcomer = visit()
    newcomer.page.goto(link)
    expect(newcomer.page.get_by_text("Chào Giàng Seo Thử")).to_be_visible()
    newcomer.page.get_by_label("Mật khẩu mới").fill("suối chảy qua bốn bản")
    newcomer.press("Lưu mật khẩu")
    newcomer.sign_in("thu.moi", "suối chảy qua bốn bản")

    administrator.press("Xem tài khoản")
    administrator.check("person")
    page.get_by_text("Khóa tài khoản", exact=True).click()
    administrator.press("Khóa tài khoản này")
    expect(page.get_by_text("Tài khoản đang khóa")).to_be_visible()
    newcomer.open("/")
    expect(newcomer.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
