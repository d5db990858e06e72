"""The first hour of somebody new, measured: minutes, taps, and what was heard; no barrier on it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from benchmarks.newcomer import walk
from tests.browser.conftest import PHONE, SCREENSHOTS, SERIOUS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]


def look(page: Page, name: str) -> None:
    """Keep a picture; nothing is wider than a phone, and axe finds no barrier."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    barriers = Axe().run(page).response["violations"]
    assert [each["id"] for each in barriers if each["impact"] in SERIOUS] == [], name


def test_from_an_empty_server_to_a_notice_that_was_heard(chromium: Browser, tmp_path: Path) -> None:
    assert walk(chromium, tmp_path, look).misses() == []
