"""The wall follows a station without being loaded anew, by its stream."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from controller.demo.village import Village
from controller.model import StationState
from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

SOON_MS = 8_000  # the wall is read every two seconds, on a machine that does other things too


def test_a_tile_changes_while_it_is_looked_at(
    visit: Callable[..., Visitor], village: Village
) -> None:
    officer = visit("canbo.suoimay")
    page = officer.page
    told_by(village, "rig")
    officer.open("/tram-loa/tuong/")
    tile, count = page.locator('[data-station="suoi-may-2"]'), page.locator("[data-count=troubled]")
    expect(tile).to_contain_text("Có sự cố")
    before = int(count.inner_text())
    told_by(village)
    expect(tile).not_to_contain_text("Có sự cố", timeout=SOON_MS)
    expect(count).to_have_text(str(before - 1))
    page.get_by_label("Sẵn sàng").uncheck()
    expect(tile).to_be_hidden()
    officer.meet_no_barrier("wall")
    assert officer.complaints == []


def told_by(village: Village, *troubles: str) -> None:
    """What the station last said of itself, as if it had."""
    with village.store.writing() as session:
        session.get_one(StationState, "suoi-may-2").troubles = list(troubles)
