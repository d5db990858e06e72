"""The bar comes by itself when something sounds, over no focus, and stops it in two taps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from controller.demo.village import Village
from controller.model import StationState
from tests.browser import test_moves
from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(200)]

COMES_MS = 15_000  # the page asks every ten seconds


def test_it_comes_by_itself_and_stops_what_sounds_in_two_taps(
    visit: Callable[..., Visitor], village: Village
) -> None:
    airing = test_moves.planned(village)
    officer = visit("canbo.suoimay")
    page = officer.page
    page.emulate_media(reduced_motion="reduce")
    officer.open("/ban-tin/soan")
    bar = page.locator(".sounding")
    expect(bar).to_have_count(0)
    lowest = page.locator("#text")
    lowest.focus()
    says(village, {"airing": airing})
    expect(bar).to_contain_text("1 cụm loa đang phát", timeout=COMES_MS)
    expect(bar).to_contain_text("Cập nhật")
    expect(lowest).to_be_focused()
    field, over = lowest.bounding_box(), bar.bounding_box()
    assert field
    assert over
    assert field["y"] + field["height"] <= over["y"] + 1
    page.locator("#stop-sounding summary").click()
    officer.look("sounding-1-stop")
    page.locator("#stop-sounding").get_by_role("button", name="Dừng “").click()
    expect(page).to_have_url(officer.address + f"/dang-phat/{airing}")
    expect(page.get_by_text("Đã gửi lệnh dừng")).to_be_visible()
    says(village, None)
    expect(bar).to_have_count(0, timeout=COMES_MS)


def says(village: Village, on_air: dict[str, str] | None) -> None:
    """What a station last said of its air, as if it had."""
    with village.store.writing() as session:
        session.get_one(StationState, "suoi-may-1").on_air = on_air
