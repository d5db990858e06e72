"""The options of a reading on a phone: two voices, a recorded part, and the shape of the sound."""

import math
import struct
import wave
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUESTIONS = """Hỏi: Khi nào nộp thuế đất?
Đáp: Hạn cuối là ngày 31 tháng 10."""
READY_MS = 60_000


def test_two_voices_and_a_recorded_part_are_chosen_and_heard(
    visit: Callable[..., Visitor],
) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/ban-tin/soan")
    page.get_by_text("Tùy chọn đọc").click()
    second = page.get_by_label("Giọng đọc phần trả lời")
    expect(second).to_be_hidden()
    page.get_by_label("Lời bản tin").fill(QUESTIONS)
    second.select_option(label="Giọng dự phòng (giọng máy), miền Nam, giọng nam")
    expect(page.get_by_label("Lời xưng danh")).to_have_value("Đây là Đài truyền thanh xã Suối Mây.")
    expect(page.get_by_label("Tệp của phần ghi sẵn")).to_be_hidden()
    page.get_by_label("Phát trước lời đọc").check()
    page.get_by_label("Tệp của phần ghi sẵn").set_input_files(tone("tieng-mong.wav", seconds=2))
    page.get_by_label("Chậm").check()
    officer.check("craft-1-options")
    for box in page.locator("#pace, #pace .choice").all():
        assert box.evaluate("each => each.scrollWidth <= each.clientWidth")

    officer.press("Nghe thử")
    expect(page.locator("#player")).to_be_visible(timeout=READY_MS)
    expect(page.get_by_role("img", name="Dạng sóng: bản ghi âm")).to_be_visible()
    officer.check("craft-2-heard")
    page.locator("#player").evaluate("player => { player.muted = true; player.play() }")
    expect(page.locator("#here")).not_to_have_attribute("d", "M0 -100v200")

    page.get_by_text("Sửa bản tin").click()
    page.get_by_text("Tùy chọn đọc").click()
    expect(page.get_by_text("tieng-mong.wav")).to_be_visible()


def test_an_upload_is_seen_as_it_came_and_as_it_became(visit: Callable[..., Visitor]) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open("/ban-tin/soan")
    page.get_by_label("Tệp âm thanh").first.check()
    expect(page.get_by_text("Tùy chọn đọc")).to_be_hidden()
    page.get_by_label("Tệp âm thanh").last.set_input_files(tone("hop-thon.wav", seconds=3))
    officer.press("Nghe thử")
    came = page.get_by_role("img", name="Dạng sóng: tệp gửi lên")
    expect(came).to_be_visible(timeout=READY_MS)
    expect(page.get_by_role("img", name="Dạng sóng: sau khi xử lý")).to_be_visible()
    officer.check("craft-3-upload")


def tone(name: str, *, seconds: int) -> FilePayload:
    """A WAV of a quiet tone that swells and falls."""
    rate_hz = 8_000
    samples = (
        int(4_000 * math.sin(n * 0.35) * abs(math.sin(n / 3_000))) for n in range(rate_hz * seconds)
    )
    body = BytesIO()
    with wave.open(body, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return {"name": name, "mimeType": "audio/wav", "buffer": body.getvalue()}
