"""The place to practise, as a newcomer sees it: a role, the stripes, and a new beginning."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from controller.demo.free_ports import any_free_port
from tests.browser.conftest import PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

AGAIN_MS = 60_000


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    port = any_free_port()
    command = [sys.executable, "-m", "controller", "sandbox", "--port", str(port)]
    started = subprocess.Popen(
        [*command, "--data", str(tmp_path / "tap-dung")], stderr=subprocess.PIPE, text=True
    )
    assert started.stderr is not None
    assert any("mở trang" in line for line in started.stderr)
    yield f"http://127.0.0.1:{port}"
    started.terminate()
    started.communicate(timeout=60)


def test_a_newcomer_practises_and_begins_anew(chromium: Browser, sandbox: str) -> None:
    learner = Visitor(chromium.new_page(viewport=PHONE, locale="vi-VN"), sandbox)
    learner.open("/")
    learner.check("sandbox-1-roles")
    learner.page.get_by_role("button", name=re.compile("Cán bộ truyền thanh Suối Mây")).click()
    expect(learner.page.get_by_text("TẬP DÙNG")).to_be_visible()
    learner.check("sandbox-2-home")
    learner.open("/ban-tin/soan")
    learner.page.get_by_label("Lời bản tin").fill("Tập viết bản tin.")
    learner.press("Lưu nháp")
    expect(learner.page.get_by_text("Đã lưu.")).to_be_visible()
    learner.page.get_by_role("button", name="Làm lại từ đầu").click()
    expect(learner.page.get_by_text("Đã làm lại từ đầu").first).to_be_visible(timeout=AGAIN_MS)
    learner.page.get_by_role("button", name=re.compile("Cán bộ truyền thanh Suối Mây")).click()
    expect(learner.page.get_by_text("Không có việc nào đang chờ")).to_be_visible()
