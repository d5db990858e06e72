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
    told_by(village, online=False)  # graver than whatever a busy machine makes it say
    officer.open("/tram-loa/tuong/")
    tile, count = page.locator('[data-station="suoi-may-2"]'), page.locator("[data-count=silent]")
    expect(tile).to_contain_text("Mất kết nối")
    page.get_by_label("Mất kết nối").uncheck()
    expect(tile).to_be_hidden()
    before = int(count.inner_text())
    told_by(village, online=True)
    expect(tile).not_to_contain_text("Mất kết nối", timeout=SOON_MS)
    expect(tile).to_be_visible()
    expect(count).to_have_text(str(before - 1))
    officer.meet_no_barrier("wall")
    assert officer.complaints == []


def told_by(village: Village, *, online: bool) -> None:
    """What the station last said of itself, as if it had."""
    with village.store.writing() as session:
        session.get_one(StationState, "suoi-may-2").online = online
