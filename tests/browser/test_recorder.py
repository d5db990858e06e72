"""A notice spoken into the phone: three taps to hear it, and no mishap loses what was said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

READY_MS = 60_000

COUNTED = """
window.streams = [];
window.recorders = [];
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await open(wanted);
  window.streams.push(stream);
  return stream;
};
window.MediaRecorder = class extends MediaRecorder {
  constructor(...given) {
    super(...given);
    window.recorders.push(this);
  }
};
"""
"""Lets a test see which microphones and recorders a page has opened."""


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
    expect(page.locator("#recorder")).to_be_hidden()
    until_kept(page, "!all.length")  # the server has it
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
    record_without_a_network(officer)
    officer.open("/ban-tin/soan")
    expect(page.locator("#recorder-said")).to_contain_text("chưa gửi được")
    officer.check("recorder-4-offered")
    officer.press("Dùng bản này")
    officer.press("Nghe thử")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)


@pytest.mark.slow
def test_a_recording_joins_no_other_sending_by_itself(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    officer.open("/ban-tin/soan")
    page.get_by_label("Lời bản tin").fill("Mời bà con họp thôn.")
    officer.press("Lưu nháp")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mời bà con")
    another = page.url.removeprefix(officer.address)
    record_without_a_network(officer)
    for form, told in [("/ban-tin/soan", "webm” chưa gửi"), (another, "ở một bài khác chưa gửi")]:
        officer.open(form)
        page.get_by_label("Lời bản tin").fill("Mời bà con đi họp.")
        page.get_by_label("Ngày phát").fill("2020-01-01")
        officer.press("Lưu nháp")
        expect(page.locator("#error-summary")).to_be_visible()
        expect(page.locator("#recorder-said")).to_contain_text(told)
        assert chosen(page) == 0
        assert page.get_by_label("Viết chữ").is_checked()


@pytest.mark.slow
def test_who_else_signs_in_at_the_browser_is_not_offered_the_recording(
    visit: Callable[..., Visitor],
) -> None:
    officer, colleague = visit("canbo.suoimay"), visit("khuvuc")
    page, context = with_microphone(officer), officer.page.context
    record_without_a_network(officer)
    own = context.cookies()
    context.clear_cookies()
    context.add_cookies(colleague.page.context.cookies())  # type: ignore[arg-type]  # as given out
    officer.open("/ban-tin/soan")
    assert page.evaluate("caches.keys().then(all => all.length)") == 1
    page.get_by_label("Ngày phát").fill("2020-01-01")
    officer.press("Lưu nháp")
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator("#record")).to_be_enabled()
    expect(page.locator("#recorder")).to_be_hidden()
    assert chosen(page) == 0
    context.clear_cookies()
    context.add_cookies(own)  # type: ignore[arg-type]  # as given out
    officer.open("/ban-tin/soan")
    expect(page.locator("#recorder-said")).to_contain_text("chưa gửi được")


@pytest.mark.slow
def test_a_recording_that_nobody_came_back_for_is_cleared_away(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/")
    eight_days = "Date.now() - 8 * 24 * 3600 * 1000"
    for shelf in (f"`recording/somebody/${{{eight_days}}}`", "'recording'", "'another'"):
        page.evaluate(f"caches.open({shelf}).then(opened => opened.put('/0', new Response('')))")
    officer.open("/ban-tin/soan")
    until_kept(page, "`${all}` === 'another'")


def test_two_taps_open_one_recorder_and_an_unsent_one_goes_only_when_told(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    page.add_init_script(COUNTED)
    record_without_a_network(officer, taps=2)
    officer.open("/ban-tin/soan")
    expect(page.locator("#recorder-said")).to_contain_text("chưa gửi được")
    begin(page)
    expect(page.locator("#recorder-said")).to_contain_text("chưa gửi sẽ mất")
    officer.check("recorder-6-lose-the-earlier")
    assert page.evaluate("window.streams.length") == 0
    before = page.evaluate("caches.keys()")
    officer.press("Bỏ bản này, ghi bản mới")
    a_second(page)
    assert page.evaluate("window.streams.length") == 1
    until_kept(page, f"all.length === 1 && all[0] !== '{before[0]}'")
    officer.press("Dừng")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)


@pytest.mark.slow
def test_a_recording_that_breaks_off_lets_go_of_the_microphone_and_keeps_what_it_has(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    page.add_init_script(COUNTED)
    officer.open("/ban-tin/soan")
    begin(page)
    a_second(page)
    page.evaluate("window.recorders[0].dispatchEvent(new Event('error'))")
    expect(page.locator("#recorder-said")).to_contain_text("bị ngắt giữa chừng")
    officer.look("recorder-7-broken-off")
    expect(page.locator("#record")).to_be_enabled()
    expect(page.locator("#recorder-live")).to_be_hidden()
    assert page.evaluate("window.streams[0].getTracks()[0].readyState") == "ended"
    officer.press("Dùng bản này")
    assert chosen(page) == 1


@pytest.mark.slow
def test_a_browser_without_room_loses_nothing_of_the_recording(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = with_microphone(officer)
    officer.open("/ban-tin/soan")
    browser = page.context.new_cdp_session(page)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": officer.address, "quotaSize": 1})
    begin(page)
    a_second(page)
    officer.press("Dừng")
    expect(page.locator("#recorder-said")).to_contain_text("chỉ còn trong trang này")
    with page.expect_download() as saved:
        officer.press("Lưu tệp vào máy")
    assert saved.value.path().stat().st_size > 1_000
    officer.check("recorder-8-no-room")
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


def record_without_a_network(officer: Visitor, taps: int = 1) -> None:
    """What was spoken is in the browser, and the server knows nothing of it."""
    page = officer.page
    officer.open("/ban-tin/soan")
    page.locator("#record").evaluate(f"button => {{ {'button.click();' * taps} }}")
    a_second(page)
    if taps > 1:
        assert page.evaluate("window.streams.length") == 1
    page.context.set_offline(True)
    officer.press("Dừng")
    expect(page.locator("#kept-said")).to_contain_text("chưa gửi")
    page.context.set_offline(False)
    officer.complaints.clear()


def until_kept(page: Page, holds: str) -> None:
    """Wait for what is to hold of `all`, the names of the shelves of this browser."""
    page.evaluate(
        f"""async () => {{
          const holds = async () => {{ const all = await caches.keys(); return {holds}; }};
          while (!(await holds())) await new Promise((soon) => setTimeout(soon, 50));
        }}"""
    )


def chosen(page: Page) -> int:
    return int(page.locator("#file").evaluate("input => input.files.length"))


def begin(page: Page) -> None:
    page.get_by_role("button", name="Ghi âm").click()


def a_second(page: Page) -> None:
    expect(page.locator("#recorder-time")).to_have_text("0:01", timeout=READY_MS)


def some_seconds(page: Page) -> None:
    """The clock of the recorder is what tells that there is something to keep."""
    expect(page.locator("#recorder-time")).to_have_text("0:02", timeout=READY_MS)
