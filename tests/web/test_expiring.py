"""The day on which the words end: typed, asked for, listed, and warned of when said again."""

from datetime import timedelta

from contract.states import AiringState, BulletinState
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.village import TODAY, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.test_bulletins import NEW, id_of, write
from tests.web.writing import airing_now, approved, look, state_of, voice_it

ENDS = TODAY + timedelta(days=3)
SAID = f"{ENDS:%d/%m/%Y}"


def test_it_is_typed_kept_and_shown(officer: Browser, store: Store) -> None:
    page = write(officer, repeat="daily", expires_on=ENDS.isoformat())
    assert look(store, id_of(page)).expires_on == ENDS
    shown = officer.get(page).text
    assert SAID in shown
    assert f'value="{ENDS.isoformat()}"' in shown
    refused = officer.fill(NEW, "", {"text": "Họp.", "expires_on": "hôm nào"})
    assert "Chọn ngày hết hiệu lực" in refused.text


def test_a_notice_of_the_law_is_asked_for_it_when_it_is_sent(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer, repeat="daily", field="3")
    voice_it(store, media)
    action, heard = f"{page}/gui-duyet", {"listened": "yes"}
    refused = officer.fill(page, action, heard)
    assert refused.status_code == 422
    assert '<a href="#send_expires_on">' in refused.text
    refused = officer.fill(page, action, {**heard, "expires_on": TODAY.isoformat()})
    assert "không còn lần phát nào" in refused.text
    officer.fill(page, action, {**heard, "expires_on": ENDS.isoformat()})
    assert state_of(store, id_of(page)) is BulletinState.SUBMITTED
    assert look(store, id_of(page)).expires_on == ENDS


def test_what_ends_soon_is_listed_and_said_again_with_a_warning(
    *,
    officer: Browser,
    browser: Browser,
    store: Store,
    media: DiskMedia,
    village: Village,
    clock: Clock,
) -> None:
    decision = approved(store, media, village, expires_on=ENDS)
    airing_now(store, decision, village.suoi_may, AiringState.CLOSED)
    page = f"/ban-tin/{decision.bulletin_id}"
    assert "1 bản tin sắp hết hiệu lực" in officer.get("/ban-tin/").text
    assert f"Hết hiệu lực từ {SAID}" in officer.get("/ban-tin/sap-het-hieu-luc").text
    stranger = browser.signed_in(village.stranger)
    assert "Không có bản tin nào" in stranger.get("/ban-tin/sap-het-hieu-luc").text
    clock.move(timedelta(days=5))
    officer = browser.signed_in(village.officer)
    assert "đã hết, không phát nữa" in officer.get(page).text
    made = officer.fill(page, f"{page}/dung-lai", {})
    assert f"Bản gốc hết hiệu lực từ {SAID}" in officer.get(made.location).text
    assert look(store, id_of(made.location)).expires_on is None
