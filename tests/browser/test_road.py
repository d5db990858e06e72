"""The road of one notice: written on one phone, approved on another, heard, and its verdict."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from scheduler.calendar import ZONE
from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NOTICE = "Mời họp ban quản lý chợ\nBảy giờ tối nay."
AHEAD = timedelta(seconds=30)
"""From writing to the air: voice, listening and approval take 12 s beside two busy processes."""

FAST = 4  # times: nobody is here who must understand it

SOON_MS = 30_000
LATER_MS = 120_000


def test_a_notice_goes_from_a_phone_to_the_loudspeakers_and_its_verdict_comes_back(
    visit: Callable[..., Visitor],
) -> None:
    officer, approver = visit("canbo.suoimay"), visit("lanhdao.suoimay")
    officer.open("/")
    officer.look("road-1-home")
    officer.press("Soạn bản tin")
    officer.look("road-2-compose")
    write(officer)
    officer.press("Nghe thử")
    expect(officer.page.locator("#voice")).to_be_visible()
    listen(officer)
    officer.page.locator("#send_field").select_option(label="Tin chung")
    officer.check("road-3-listened")
    officer.press("Gửi duyệt")
    expect(officer.page.get_by_text("Chờ duyệt").first).to_be_visible()
    officer.check("road-4-sent")

    approver.open("/")
    approve(approver)

    officer.open("/dang-phat/")
    watch(officer)

    officer.open("/")
    officer.check("road-12-home-again")
    again = re.compile("Dùng lại.*ban quản lý chợ", re.IGNORECASE)
    officer.page.get_by_role("button", name=again).click()
    listen(officer)
    officer.look("road-13-reused")
    officer.press("Gửi duyệt")
    expect(officer.page.get_by_text("Chờ duyệt").first).to_be_visible()


def write(officer: Visitor) -> None:
    start = datetime.now(ZONE) + AHEAD
    officer.page.get_by_label("Lời bản tin").fill(NOTICE)
    officer.page.get_by_label("Ngày phát").fill(f"{start:%Y-%m-%d}")
    officer.page.get_by_label("Giờ phát").fill(f"{start:%H:%M:%S}")


def listen(officer: Visitor) -> None:
    """To the end: the page itself then ticks that it was heard."""
    player = officer.page.locator("#player")
    expect(player).to_be_visible(timeout=LATER_MS)
    player.evaluate("(player, rate) => { player.playbackRate = rate; player.play() }", FAST)
    expect(officer.page.get_by_label("Tôi đã nghe hết bản tin")).to_be_checked(timeout=LATER_MS)


def approve(approver: Visitor) -> None:
    expect(approver.page.get_by_text("Chờ bạn duyệt")).to_be_visible()
    approver.check("road-5-approver-home")
    approver.page.get_by_role("link", name=re.compile("ban quản lý chợ", re.IGNORECASE)).click()
    expect(approver.page.locator("audio")).to_be_visible()
    approver.check("road-6-approve")
    approver.press("Duyệt")
    expect(approver.page.get_by_text("Đã duyệt").first).to_be_visible()
    approver.check("road-7-approved")


def watch(officer: Visitor) -> None:
    """The live pages move on by themselves until every station has its verdict."""
    coming = officer.page.get_by_role("link", name=re.compile("ban quản lý chợ", re.IGNORECASE))
    expect(coming.first).to_be_visible(timeout=SOON_MS)
    officer.check("road-8-coming")
    coming.first.click()
    stations = officer.page.locator("[id^=station-]")
    expect(stations).to_have_count(2)
    expect(stations.first).to_contain_text("Đã tải sẵn", timeout=SOON_MS)
    officer.check("road-9-fetched")
    expect(stations.first).to_contain_text("Đang phát", timeout=LATER_MS)
    officer.check("road-10-playing")
    for number in range(2):
        expect(stations.nth(number)).to_contain_text("Đã phát", timeout=LATER_MS)
    officer.check("road-11-verdict")
    officer.open("/bao-cao/?ky=hom-nay")
    expect(officer.page.get_by_text("100,0%").first).to_be_visible()
    officer.check("road-12-report")
