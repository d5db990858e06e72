"""Who will hear what is shown on the form itself, in one tap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def test_who_hears_what_is_one_tap_on_the_form(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    officer.open("/ban-tin/soan")
    officer.page.locator("#text").fill("Sắp họp tổ hái chè.")
    officer.press("Xem nơi nào nghe gì")
    expect(officer.page.locator("#who-hears")).to_contain_text("2 cụm loa")
    assert officer.page.url.endswith("/ban-tin/soan"), "only that part of the page changed"
    officer.check("heard-where-form")
