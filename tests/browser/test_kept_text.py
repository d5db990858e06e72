"""What is written stays in the telephone until the server has it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SCREENSHOTS, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

TEXT = "Chiều nay cả xóm dọn đường. Mời bà con mang theo cuốc."
KEPT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("truyen-thanh", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("texts", { keyPath: "key" });
  asked.onsuccess = () => {
    const all = asked.result.transaction("texts").objectStore("texts").getAll();
    all.onsuccess = () => { asked.result.close(); resolve(all.result.length); };
  };
})"""


def kept(page: Page) -> int:
    return int(page.evaluate(KEPT))


def write(visitor: Visitor, text: str) -> None:
    """And wait until the browser has it."""
    page = visitor.page
    page.get_by_label("Lời bản tin").fill(text)
    page.wait_for_function(f"async () => await ({KEPT})() === 1")


def test_without_a_network_it_waits_and_goes_as_a_draft_by_a_tap(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.namay")
    page = officer.page
    officer.open("/ban-tin/soan")
    write(officer, TEXT)
    page.context.set_offline(True)
    officer.press("Nghe thử")
    expect(page.locator("#kept-said")).to_contain_text("Không có mạng")
    page.screenshot(path=SCREENSHOTS / "kept-1-no-network-360.png")
    page.context.set_offline(False)
    expect(page.locator("#kept-said")).to_contain_text("Có mạng lại")
    officer.complaints.clear()  # of what polled meanwhile
    officer.check("kept-2-network-again")
    officer.press("Lưu nháp lên máy chủ")
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    page.wait_for_function(f"async () => await ({KEPT})() === 0")
    made = page.url
    page.go_back()
    page.get_by_label("Lời bản tin").fill(f"{TEXT} Xin mời.")
    officer.press("Lưu nháp")
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    assert page.url == made  # Back makes no second one


@pytest.mark.slow
def test_a_page_that_died_gives_it_back_and_signing_out_takes_it(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.namay")
    page = officer.page
    officer.open("/ban-tin/soan")
    write(officer, TEXT)
    page.get_by_label("Hằng tuần").check()
    page.get_by_label("Thứ Hai").check()
    page.wait_for_timeout(600)  # the pause after the last letter
    officer.open("/")
    officer.open("/ban-tin/soan")
    expect(page.locator("#kept-said")).to_contain_text("Chiều nay cả xóm")
    officer.check("kept-3-offered")
    officer.press("Dùng bài này")
    expect(page.get_by_label("Lời bản tin")).to_have_value(TEXT)
    assert page.get_by_label("Thứ Hai").is_checked()
    page.locator("details.me summary").click()
    officer.press("Đăng xuất")
    page.wait_for_function(f"async () => await ({KEPT})() === 0")


@pytest.mark.slow
def test_a_newer_one_on_the_server_stands_beside_it(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/ban-tin/soan")
    page.get_by_label("Lời bản tin").fill(TEXT)
    officer.press("Lưu nháp")
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    address = page.url.removeprefix(officer.address)
    write(officer, f"{TEXT} Bản trong điện thoại.")
    other = visit("canbo.suoimay")
    other.open(address)
    other.page.get_by_label("Lời bản tin").fill(f"{TEXT} Bản từ máy khác.")
    other.press("Lưu nháp")
    expect(other.page.get_by_text("Đã lưu.")).to_be_visible()
    officer.open(address)
    expect(page.locator("#kept-mine")).to_contain_text("Bản trong điện thoại.")
    expect(page.locator("#kept-theirs")).to_contain_text("Bản từ máy khác.")
    officer.check("kept-4-two-sides")
    officer.press("Giữ bản trên máy chủ")
    expect(page.get_by_label("Lời bản tin")).to_have_value(f"{TEXT} Bản từ máy khác.")
    page.wait_for_function(f"async () => await ({KEPT})() === 0")
