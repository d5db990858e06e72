"""The schedule of the villages, from the first page to the week of a commune."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

SCRIPT = Path(__file__).parents[2] / "web" / "static" / "scripts" / "schedule.js"


def test_the_week_of_a_commune_is_two_taps_away(visit: Callable[..., Visitor]) -> None:
    visitor = visit("kythuat")
    page = visitor.page
    page.set_viewport_size(DESK)
    visitor.open("/")
    page.get_by_role("link", name="Lịch phát").first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("hôm nay")
    page.get_by_role("rowheader", name=re.compile("Xã Suối Mây")).get_by_role("link").click()
    expect(page).to_have_url(re.compile("xem=tuan"))
    expect(page.get_by_role("rowheader", name=re.compile("Thứ |Chủ nhật"))).to_have_count(7)
    visitor.check("schedule-week-commune")
    page.get_by_role("link", name="Tuần sau").click()
    page.get_by_role("link", name="Tuần này").click()
    page.get_by_role("link", name="Danh sách").click()
    visitor.check("schedule-list-commune")


HOURS = """<table id="schedule"><tbody>
<tr><th>A</th><td><a href="#1">một</a><a href="#2">hai</a></td><td></td>
<td><a href="#3">ba</a></td></tr>
<tr><th>B</th><td></td><td></td><td></td></tr>
<tr><th>C</th><td><a href="#4">bốn</a></td><td></td><td><a href="#5">năm</a></td></tr>
</tbody></table>"""


def test_arrow_keys_walk_over_the_table(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(HOURS)
    page.add_script_tag(path=SCRIPT)
    page.keyboard.press("Tab")
    for key, reached in (
        ("ArrowDown", "hai"),
        ("ArrowRight", "ba"),
        ("ArrowDown", "năm"),
        ("ArrowLeft", "bốn"),
        ("ArrowUp", "hai"),
        ("ArrowUp", "một"),
        ("ArrowUp", "một"),
    ):
        page.keyboard.press(key)
        expect(page.locator(":focus")).to_have_text(reached)
    page.close()
