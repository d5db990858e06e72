"""A bulletin from above, from the inbox to the commune's own approver in three taps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs
from playwright.sync_api import expect
from sqlalchemy import select

from controller.demo import once, sample
from controller.demo import road as roads
from controller.demo.seeding import area_id
from controller.demo.village import Village
from controller.model import Person, Role
from controller.permissions import who
from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(200)]

TEXT = "Khu vực nhắc che chuồng trại. Trời sắp rét."


def send_down(village: Village) -> None:
    """The khu vực sends it to all its communes."""
    own = once.road_of(village)
    with village.store.reading() as session:
        above = area_id(session, sample.ZONE)
        writer = who(session, session.scalars(select(Person.id).filter_by(login="khuvuc")).one())
    leader = structs.replace(own.approver, grants=((Role.APPROVER, above),))
    road = replace(own, officer=writer, approver=leader, area=above)
    bulletin = once.voice(village, road, TEXT)
    roads.submit(road, bulletin, once.clock() + timedelta(days=3))
    roads.approve(road, bulletin)


def test_it_is_chosen_heard_and_sent_in_three_taps(
    visit: Callable[..., Visitor], village: Village
) -> None:
    send_down(village)
    officer = visit("canbo.suoimay")
    officer.open("/")
    officer.page.get_by_role("link", name="Khu vực nhắc che chuồng trại").click()
    officer.check("inbox-choose")
    officer.press("Phát ở xã")
    player = officer.page.locator("#player")
    player.evaluate("player => { player.playbackRate = 16; player.play(); }")
    expect(officer.page.locator("#listened")).to_be_checked(timeout=30_000)
    officer.press("Gửi duyệt")
    expect(officer.page.get_by_text("Đã gửi duyệt.")).to_be_visible()
