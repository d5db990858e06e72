"""One broadcast is put at another time in three taps, and back in one."""

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as clock

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from controller.demo import once
from controller.demo import road as roads
from controller.demo.village import Village
from controller.model import Airing
from scheduler.calendar import ZONE
from tests.browser.conftest import DESK, SCREENSHOTS, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(200)]

TEXT = "Hẹn giờ nhổ mạ. Bà con mang theo dây buộc."
HALF_PAST_FIVE = clock(17, 30)


def planned(village: Village) -> str:
    """The airing of such a bulletin in three days, once the planner knows of it."""
    road = once.road_of(village)
    bulletin = once.voice(village, road, TEXT)
    day = (once.clock() + timedelta(days=3)).astimezone(ZONE).date()
    roads.submit(road, bulletin, datetime.combine(day, HALF_PAST_FIVE, ZONE))
    roads.approve(road, bulletin)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with village.store.reading() as session:
            if found := session.scalar(select(Airing.id).where(Airing.bulletin_id == bulletin)):
                return found
        time.sleep(0.2)  # another process plans, once a second
    raise AssertionError("nothing was planned")


def test_a_broadcast_is_moved_in_three_taps_and_back_in_one(
    visit: Callable[..., Visitor], village: Village
) -> None:
    airing = planned(village)
    officer = visit("canbo.suoimay")
    page = officer.page
    officer.open(f"/dang-phat/{airing}")  # the first tap, on the schedule
    officer.look("moves-1-airing")
    page.get_by_role("link", name="Chuyển giờ").click()
    page.get_by_label("Giờ mới").fill("18:10")
    officer.press("Xem trước")
    expect(page.get_by_text("nghe bản tin này lúc 18:10")).to_be_visible()
    officer.check("moves-2-foreseen")  # a look is not needed
    officer.press("Lưu giờ mới")
    expect(page.get_by_text("đã chuyển lượt phát này")).to_contain_text("18:10")
    officer.check("moves-3-moved")
    officer.press("Hoàn tác")
    expect(page.get_by_text("trở lại")).to_contain_text("17:30")


def test_a_broadcast_is_pulled_to_another_hour_by_a_mouse_or_by_keys(
    visit: Callable[..., Visitor], village: Village
) -> None:
    airing = planned(village)
    day = (once.clock() + timedelta(days=3)).astimezone(ZONE).date()
    officer = visit("canbo.suoimay")
    page = officer.page
    page.set_viewport_size(DESK)
    officer.open(f"/lich/?xem=tuan&ngay={day}")
    block = page.locator(f'a[data-moves][href$="{airing}"]')
    line = block.locator("xpath=ancestor::tr")
    box, first = block.bounding_box(), page.locator("#schedule").get_attribute("data-first")
    evening = line.locator("td").nth(18 - int(first or 0)).bounding_box()
    assert box
    assert evening
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(evening["x"] + evening["width"] / 6, box["y"] + 10, steps=5)
    expect(page.locator("#board-time")).to_contain_text("18:10")
    page.screenshot(path=SCREENSHOTS / "moves-4-pulled-1440.png")
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"{airing}/chuyen-gio.day={day}&time=18%3A10"))
    expect(page.get_by_text("nghe bản tin này lúc 18:10")).to_be_visible()
    page.go_back()
    block.focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("#board-told")).to_contain_text("Giờ mới 17:35")
    page.keyboard.press("Escape")
    expect(page.locator("#board-time")).to_be_hidden()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Giờ mới")).to_have_value("17:35")
    expect(page.get_by_text("nghe bản tin này lúc 17:35")).to_be_visible()
    assert officer.complaints == []
