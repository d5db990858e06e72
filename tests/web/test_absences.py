"""Away from deciding: entered by oneself or by an administrator, and seen where it matters."""

from datetime import timedelta

import pytest

from contract.states import BulletinState
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import sent, state_of

TIMES = {"starts_at": "2026-11-23T09:00", "ends_at": "2026-11-24T07:00"}


@pytest.fixture
def page(village: Village) -> str:
    return f"/vang-mat/{village.approver.person_id}"


def test_one_is_away_and_the_deputy_approves_by_proxy(
    *,
    approver: Browser,
    browser: Browser,
    officer: Browser,
    store: Store,
    media: DiskMedia,
    village: Village,
    page: str,
) -> None:
    waiting = sent(store, media, village)
    assert approver.get("/vang-mat/").location == page
    answer = approver.fill(page, page, {**TIMES, "deputy": village.colleague.person_id})
    assert answer.status_code == 303, answer.text
    deputy = browser.signed_in(village.colleague)
    assert "Bạn duyệt thay <strong>Hoà</strong>" in deputy.get("/").text
    assert "duyệt thay Hoà" in deputy.get("/").text
    assert "Hoà</strong> đang vắng đến" in deputy.get("/duyet/").text
    assert "Minh duyệt thay" in officer.get(f"/ban-tin/{waiting}").text
    assert "Bạn duyệt thay Hoà" in deputy.get(f"/duyet/{waiting}").text
    deputy.fill(f"/duyet/{waiting}", f"/duyet/{waiting}/dong-y", {})
    assert state_of(store, waiting) is BulletinState.APPROVED
    assert "Minh duyệt thay Hoà lúc" in officer.get(f"/ban-tin/{waiting}").text
    auditor = browser.signed_in(village.auditor)
    assert "Duyệt thay cho" in auditor.get("/nhat-ky/").text


def test_when_it_is_over_the_deputy_finds_nothing(
    approver: Browser, browser: Browser, village: Village, clock: Clock, page: str
) -> None:
    approver.fill(page, page, {**TIMES, "deputy": village.colleague.person_id})
    clock.move(timedelta(days=1))
    assert browser.signed_in(village.colleague).get("/duyet/").text.count("duyệt thay") == 0


def test_back_earlier(approver: Browser, browser: Browser, village: Village, page: str) -> None:
    approver.fill(page, page, {**TIMES, "deputy": village.colleague.person_id})
    approver.fill(page, f"{page}/ket-thuc", {})
    assert "Đang vắng" not in approver.get(page).text
    assert "duyệt thay" not in browser.signed_in(village.colleague).get("/").text


def test_an_administrator_finds_it_at_the_account(
    browser: Browser, village: Village, page: str
) -> None:
    administrator = browser.signed_in(village.administrator)
    account = f"/nguoi-dung/{village.approver.person_id}"
    assert page in administrator.get(account).text
    administrator.fill(page, page, {**TIMES, "deputy": village.colleague.person_id})
    assert "Minh duyệt thay" in administrator.get(account).text


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(approver: Browser, page: str) -> None:
    answer = approver.fill(page, page, {"starts_at": "nonsense", "deputy": "", "reason": "họp"})
    assert answer.status_code == 422
    for told in ("Chọn ngày giờ bắt đầu vắng", "Chọn người duyệt thay", 'value="họp"'):
        assert told in answer.text


def test_who_decides_nothing_has_no_such_page(
    officer: Browser, stranger: Browser, page: str
) -> None:
    assert "/vang-mat/" not in officer.get("/").text
    assert officer.get("/vang-mat/").status_code == 404
    assert officer.get(page).status_code == stranger.get(page).status_code == 404
