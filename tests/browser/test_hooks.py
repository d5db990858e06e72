"""Another system is to be told: a person's taps, to the first try and the stop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

PAGE = "/cai-dat/webhook/"
NAME = "Trục dữ liệu thử"


def test_a_system_is_told_tried_and_stopped(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open(PAGE)
    officer.check("hooks")
    page.get_by_label("Tên hệ thống").fill(NAME)
    page.get_by_label("Địa chỉ nhận tin").fill("http://nhan.tinh.gov.vn/")
    page.get_by_label("Bản tin được duyệt").check()
    officer.press("Tạo")
    expect(page.get_by_text("Lỗi: Địa chỉ phải bắt đầu bằng https://")).to_be_visible()
    page.get_by_label("Địa chỉ nhận tin").fill("https://localhost/nhan-tin")
    officer.press("Tạo")
    expect(page.get_by_label("Khóa ký")).to_have_value(re.compile("^whsec_"))
    officer.check("hook-made")
    officer.press("Xem và gửi thử")
    officer.press("Gửi thử")
    refused = page.get_by_text("một địa chỉ trong mạng riêng: không được dùng.")
    expect(refused.first).to_be_visible()
    officer.check("hook")
    officer.press("Dừng hẳn")
    expect(page.get_by_text("Hệ thống kia không nhận thêm tin nào.").first).to_be_visible()
    officer.open(PAGE)
    expect(page.get_by_role("link", name=NAME)).to_contain_text("Đã dừng")
