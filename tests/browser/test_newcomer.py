"""The first hour of somebody new, measured: minutes, taps, and what was heard."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.newcomer import walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]


def test_from_an_empty_server_to_a_notice_that_was_heard(chromium: Browser, tmp_path: Path) -> None:
    assert walk(chromium, tmp_path).misses() == []
