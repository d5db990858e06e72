"""A notice spoken into the phone: three taps to hear it, and no mishap loses what was said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

READY_MS = 60_000


def test_three_taps_record_a_notice_that_is_ready_to_be_sent(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    officer.open("/")
    officer.press("Soạn bản tin")
    begin(page)
    some_seconds(page)
    officer.check("recorder-1-recording")
    officer.press("Dừng")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ghi âm")
    expect(page.get_by_role("button", name="Gửi duyệt")).to_be_visible()
    length_s = page.locator("#player").evaluate("player => player.duration")
    assert length_s > 2
    assert not page.evaluate("caches.has('recording')")  # the server has it
    officer.check("recorder-2-to-hear")


def test_a_recording_survives_a_form_that_is_sent_back(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    officer.open("/ban-tin/soan")
    page.get_by_label("Ngày phát").fill("2020-01-01")
    begin(page)
    some_seconds(page)
    officer.press("Dừng")
    expect(page.locator("#recorder-said")).to_contain_text("đã sẵn trong bài")
    expect(page.locator("#error-summary")).not_to_contain_text("chọn lại tệp")
    officer.check("recorder-3-sent-back")
    page.get_by_label("Ngày phát").fill(f"{datetime.now(UTC).date() + timedelta(days=2)}")
    officer.press("Nghe thử")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)


def test_a_recording_that_no_server_took_is_offered_on_the_next_visit(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    officer.open("/ban-tin/soan")
    begin(page)
    some_seconds(page)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        officer.press("Dừng")
    page.wait_for_load_state()
    page.context.set_offline(False)
    officer.complaints.clear()
    officer.open("/ban-tin/soan")
    expect(page.locator("#recorder-said")).to_contain_text("chưa gửi được")
    officer.check("recorder-4-offered")
    officer.press("Dùng bản này")
    officer.press("Nghe thử")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)


def test_a_microphone_that_may_not_be_used_is_told(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    officer.open("/ban-tin/soan")
    begin(officer.page)
    expect(officer.page.locator("#recorder-said")).to_contain_text("chưa cho dùng micrô")
    officer.look("recorder-5-refused")


def with_microphone(officer: Visitor) -> Page:
    officer.page.context.grant_permissions(["microphone"])
    return officer.page


def begin(page: Page) -> None:
    page.get_by_role("button", name="Ghi âm").click()


def some_seconds(page: Page) -> None:
    """The clock of the recorder is what tells that there is something to keep."""
    expect(page.locator("#recorder-time")).to_have_text("0:02", timeout=READY_MS)
