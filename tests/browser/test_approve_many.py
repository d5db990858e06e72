"""Ordinary bulletins approved together: four taps, and what was not heard is named."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from controller.demo import once
from controller.demo import road as roads
from controller.demo.village import Village
from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(200)]

TITLES = ("Tổ một họp tối nay.", "Tổ hai họp tối mai.")


def test_all_that_waits_is_approved_in_four_taps(
    visit: Callable[..., Visitor], village: Village
) -> None:
    road = once.road_of(village)
    for text in TITLES:
        bulletin = once.voice(village, road, text)
        roads.submit(road, bulletin, once.clock() + timedelta(days=2))
    leader = visit("lanhdao.suoimay")
    leader.open("/")
    leader.page.locator("nav.menu").get_by_role("link", name="Duyệt").click()
    leader.page.get_by_role("link", name=TITLES[0].rstrip(".")).click()
    with leader.page.expect_response("**/da-nghe") as told:
        leader.page.locator("#player").evaluate("player => player.play()")
    assert told.value.status == 204
    leader.page.go_back()
    leader.press("Chọn tất cả")
    leader.check("approve-many")
    leader.page.get_by_role("button", name="Duyệt 2 bản tin").click()
    expect(leader.page.get_by_text("Bạn chưa nghe hết 1 bản tin")).to_be_visible()
    leader.check("approve-many-sure")
    leader.press("Đồng ý duyệt 2 bản tin")
    expect(leader.page.get_by_text("Đã duyệt 2 bản tin")).to_be_visible()
