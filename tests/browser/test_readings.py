"""A word that the voice does not know: seen, taught on a phone, and read right at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from controller.demo.village import Village
from controller.model import Bulletin
from controller.store import Store
from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NOTICE = """THÔNG BÁO
Mời bà con tổ XQZ họp lúc 7h30 ngày 5/9/2026 tại nhà văn hoá, theo Công văn số 45/UBND-VHXH.
Nộp chậm bị tính thêm 0,05 % mỗi ngày."""
READY_MS = 60_000
FAILED = "<main><h1>Máy chủ gặp lỗi</h1><p>Hãy thử lại</p><p>Mã lỗi: <b>1F3A</b></p></main>"


def test_a_word_that_is_taught_is_read_right_in_the_next_recording(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/ban-tin/soan")
    page.get_by_label("Lời bản tin").fill(NOTICE)
    officer.press("Xem cách đọc")
    expect(page.locator("#how-read")).to_contain_text("Máy chưa biết đọc: XQZ")
    officer.check("reading-1-rehearsed")

    officer.press("Nghe thử")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)
    word = page.locator(".said ruby", has_text="XQZ")
    expect(word).to_contain_text("?")
    officer.check("reading-2-unknown")
    word.get_by_role("link").click()
    page.get_by_label("“XQZ” đọc là").fill("ích quy dét")
    officer.press("Chỉ cách đọc và đọc lại")
    expect(word).to_contain_text("ích quy dét", timeout=READY_MS)
    expect(word).not_to_contain_text("?")
    officer.check("reading-3-taught")

    officer.open("/cach-doc/")
    officer.check("reading-4-list")
    page.get_by_role("link", name=re.compile("XQZ")).click()
    expect(page.get_by_label("Đọc là")).to_have_value("ích quy dét")
    officer.check("reading-5-entry")


def test_a_long_file_is_no_hindrance_to_seeing_the_reading(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/ban-tin/soan")
    page.get_by_label("Lời bản tin").fill("Họp ngày 7/9.")
    page.get_by_text("Tùy chọn đọc").click()
    page.get_by_label("Phát trước lời đọc").check()
    long = {"name": "a.wav", "mimeType": "audio/wav", "buffer": bytes(3 * 1024 * 1024)}
    page.get_by_label("Tệp của phần ghi sẵn").set_input_files(long)
    officer.press("Xem cách đọc")
    expect(page.locator("#how-read")).to_contain_text("bảy tháng chín")
    officer.look("reading-7-with-a-file")


def test_a_session_that_ended_is_told_beside_what_was_typed(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/ban-tin/soan")
    page.get_by_label("Lời bản tin").fill("Họp ngày 7/9.")
    page.context.clear_cookies()
    officer.press("Xem cách đọc")
    expect(page.locator("#how-read")).to_contain_text("bấm “Lưu nháp” rồi đăng nhập")
    expect(page.get_by_label("Lời bản tin")).to_have_value("Họp ngày 7/9.")
    officer.look("reading-8-session-ended")


def test_an_answer_that_does_not_come_is_told_where_it_would_stand(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page, shown = officer.page, officer.page.locator("#how-read")
    officer.open("/ban-tin/soan")
    page.get_by_label("Lời bản tin").fill("Họp ngày 7/9.")
    page.route("**/cach-doc*", lambda route: route.abort())
    officer.press("Xem cách đọc")
    expect(shown).to_contain_text("Máy chủ không trả lời")
    page.unroute("**/cach-doc*")
    page.route("**/cach-doc*", lambda route: route.fulfill(status=500, body=FAILED))
    officer.press("Xem cách đọc")
    expect(shown).to_contain_text("Máy chủ gặp lỗi. Hãy thử lại. Mã lỗi: 1F3A")
    expect(page.get_by_label("Lời bản tin")).to_have_value("Họp ngày 7/9.")
    officer.complaints.clear()  # the browser complains of both, as it should


def test_without_javascript_the_reading_is_seen_and_what_was_typed_stays(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay", java_script_enabled=False)
    officer.open("/ban-tin/soan")
    officer.page.get_by_label("Lời bản tin").fill("Họp ngày 7/9.")
    officer.press("Xem cách đọc")
    expect(officer.page.locator("#how-read")).to_contain_text("bảy tháng chín")
    expect(officer.page.get_by_label("Lời bản tin")).to_have_value("Họp ngày 7/9.")


def test_the_place_that_stopped_a_recording_is_seen_on_a_phone(
    visit: Callable[..., Visitor], village: Village
) -> None:
    officer = visit("canbo.suoimay")
    officer.open("/ban-tin/soan")
    officer.page.get_by_label("Lời bản tin").fill(NOTICE)
    officer.press("Lưu nháp")
    officer.page.wait_for_url(lambda url: not url.endswith("/soan"))
    refuse(village, officer.page.url.rpartition("/")[2])
    officer.page.reload()
    expect(officer.page.locator(".wrong-place")).to_have_text("0,05 %")
    officer.check("reading-6-stopped")


def refuse(village: Village, bulletin_id: str) -> None:
    """As the voice does when its reading would say something else."""
    start = NOTICE.index("0,05 %")
    place = {"start": start, "end": start + 6, "source": "0,05 %", "spoken": "không phẩy năm"}
    store = Store(village.layout.settings.database)
    with store.writing() as session:
        bulletin = session.get_one(Bulletin, bulletin_id)
        bulletin.voice_problem = "Số đọc lên khác số viết."
        bulletin.voice_facts = {"code": "meaning_changed", **place}
    store.close()
