"""A notice of last week, said again: home, "Dùng lại", "Gửi duyệt"."""

from contract.states import AiringState, BulletinState
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.writing import airing_now, approved, look, recording_of, state_of


def broadcast(store: Store, media: DiskMedia, village: Village) -> str:
    decision = approved(store, media, village)
    airing_now(store, decision, village.suoi_may, AiringState.CLOSED)
    return decision.bulletin_id


def test_an_old_notice_is_sent_again_in_three_taps(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    old = broadcast(store, media, village)
    made = officer.fill("/", f"/ban-tin/{old}/dung-lai", {})
    page = made.headers["Location"]
    copy = page.rpartition("/")[2]
    assert copy != old
    shown = officer.get(page).text
    assert "Xem ngày giờ nói trong bài" in shown
    assert "<audio" in shown
    heard = {"listened": "yes"}  # ticked by the player at its end
    officer.fill(page, f"{page}/gui-duyet", heard)
    assert state_of(store, copy) is BulletinState.SUBMITTED
    assert recording_of(store, copy) == recording_of(store, old)
    assert look(store, copy).text == look(store, old).text
    assert state_of(store, old) is BulletinState.APPROVED


def test_reuse_is_offered_to_who_may_write_there_only(
    officer: Browser, browser: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    old = broadcast(store, media, village)
    action = f"/ban-tin/{old}/dung-lai"
    assert action in officer.get(f"/ban-tin/{old}").text
    auditor, stranger = browser.signed_in(village.auditor), browser.signed_in(village.stranger)
    assert action not in auditor.get(f"/ban-tin/{old}").text
    assert auditor.post(action, {}).status_code == 404
    assert stranger.post(action, {}).status_code == 404
    assert action not in stranger.get("/").text
