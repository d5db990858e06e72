"""A program gets a key: a person's taps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

PAGE = "/cai-dat/khoa-api/"
NAME = "Bảng tin điện tử thử khóa"


def test_a_key_is_made_in_one_tap_and_taken_back_in_one(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open(PAGE)
    officer.check("api-keys")
    page.get_by_label("Tên chương trình").fill(NAME)
    page.get_by_label("Xem bản tin", exact=True).check()
    officer.press("Tạo khóa")
    secret = page.get_by_label("Khóa, dùng được đến").input_value()
    officer.check("api-key-made")
    asked = page.request.get(
        page.url.replace(PAGE, "/api/v1/bulletins"), headers={"Authorization": f"Bearer {secret}"}
    )
    assert asked.status == 200

    officer.press("Về danh sách khóa")
    officer.check("api-keys-one")
    officer.press(f"Thu hồi {NAME}")
    expect(page.get_by_text("Đã thu hồi khóa.")).to_be_visible()
    expect(page.get_by_text(secret)).to_have_count(0)
