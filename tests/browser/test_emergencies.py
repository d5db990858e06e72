"""An emergency from the first tap to the all-clear, its taps counted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(200)]

READY_MS = 60_000
TITLE = "Đập Khe Chàm xả lũ khẩn"
WORDS = f"{TITLE}\n" + "Bà con hai bên suối lên chỗ cao ngay, mang theo giấy tờ và đèn pin. " * 3
"""Long enough to be still on the air when it is ended."""


class Taps:
    """Presses, and counts how often."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.count = visitor, 0

    def __call__(self, name: str) -> None:
        self.visitor.press(name)
        self.count += 1


def hear(page: Page) -> None:
    """To the end, which ticks the box."""
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)
    page.locator("#player").evaluate("player => { player.playbackRate = 16; player.play(); }")
    expect(page.locator("#listened")).to_be_checked(timeout=READY_MS)


def test_it_is_sent_in_four_taps_approved_in_three_and_over_in_one(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    officer.open("/")
    tap = Taps(officer)
    tap("Khẩn cấp")
    tap("Xả lũ hồ chứa")
    words = officer.page.get_by_label("Lời cảnh báo")
    expect(words).to_have_value(re.compile(r"\[Tên hồ, đập\]"))
    words.fill(WORDS)
    tap("Nghe và kiểm tra")
    hear(officer.page)
    officer.look("emergency-1-check")
    tap("Gửi duyệt")
    expect(officer.page.get_by_text("Đã gửi duyệt.")).to_be_visible()
    assert tap.count == 4

    leader = visit("lanhdao.suoimay")
    leader.open("/")
    tap = Taps(leader)
    tap("Khẩn cấp")
    leader.page.locator("main").get_by_role("link", name=TITLE).click()
    tap("Duyệt và phát ngay")
    assert tap.count + 1 == 3
    rows = leader.page.locator("#now .rows")
    expect(rows.get_by_text("Đang phát").first).to_be_visible(timeout=READY_MS)
    leader.check("emergency-2-on-air")

    officer.open("/tram-loa/")
    officer.look("emergency-3-strip")
    officer.page.locator(".alarm", has_text=TITLE).get_by_role("button").click()
    expect(officer.page.get_by_text("Đã báo yên lúc")).to_be_visible()
    expect(officer.page.locator(".alarm")).to_have_count(0)
    officer.look("emergency-4-over")
