"""One broadcast is put at another time in three taps, and back in one."""

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
from tests.browser.conftest import Visitor

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
