"""A second person hears, reads and decides, as pages."""

from datetime import timedelta

import pytest

from contract.states import BulletinState, Class
from controller import stations
from controller.media.disk import DiskMedia
from controller.store import Store
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.village import DAILY, NOW, TODAY, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import approved, sent, state_of


@pytest.fixture
def waiting(store: Store, media: DiskMedia, village: Village) -> str:
    """A bulletin of the officer that waits."""
    return sent(store, media, village)


def test_the_approver_finds_it_and_lets_it_be_heard(
    approver: Browser, store: Store, waiting: str, nudges: list[object]
) -> None:
    assert waiting in approver.get("/duyet/").text
    assert waiting in approver.get("/").text
    page = approver.get(f"/duyet/{waiting}").text
    for shown in ("<audio", "trạm y tế tiêm chủng", "Xã Suối Mây", "17:00 hằng ngày", "Lan"):
        assert shown in page
    approver.fill(f"/duyet/{waiting}", f"/duyet/{waiting}/dong-y", {})
    assert state_of(store, waiting) is BulletinState.APPROVED
    assert len(nudges) == 1
    assert waiting not in approver.get("/duyet/").text


def test_it_is_returned_with_a_reason_that_its_author_reads(
    approver: Browser, officer: Browser, store: Store, waiting: str
) -> None:
    page, action = f"/duyet/{waiting}", f"/duyet/{waiting}/tra-lai"
    refused = approver.fill(page, action, {})
    assert refused.status_code == 422
    assert "Ghi lý do trả lại" in refused.text
    approver.fill(page, action, {"chosen": "Sai giờ phát", "reason": "Phát buổi chiều"})
    assert state_of(store, waiting) is BulletinState.RETURNED
    assert "Sai giờ phát. Phát buổi chiều" in officer.get(f"/ban-tin/{waiting}").text
    assert "Trả lại" in officer.get("/").text


def test_a_reason_that_is_not_on_the_page_is_not_taken(approver: Browser, waiting: str) -> None:
    answer = approver.fill(f"/duyet/{waiting}", f"/duyet/{waiting}/tra-lai", {"chosen": "<b>"})
    assert answer.status_code == 422


def test_authors_have_no_button_and_are_refused(
    browser: Browser, approver: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    own = approver.fill("/ban-tin/soan", "", {"text": "Họp thôn tối nay.", "then": "keep"})
    bulletin = own.location.rpartition("/")[2]
    assert "Duyệt</button>" not in approver.get(f"/duyet/{bulletin}").text
    answer = approver.post(f"/duyet/{bulletin}/dong-y", {"seen": "x"})
    assert answer.location == f"/duyet/{bulletin}"
    assert "không được tự duyệt" in approver.get(answer.location).text


def test_what_changed_after_it_was_opened_is_not_approved(
    approver: Browser, store: Store, waiting: str
) -> None:
    answer = approver.post(f"/duyet/{waiting}/dong-y", {"seen": "0" * 64})
    assert "Nội dung đã thay đổi" in approver.get(answer.location).text
    assert state_of(store, waiting) is BulletinState.SUBMITTED


def test_an_officer_cannot_approve_and_learns_nothing(officer: Browser, waiting: str) -> None:
    assert officer.get(f"/duyet/{waiting}").status_code == 404
    assert officer.post(f"/duyet/{waiting}/dong-y", {"seen": "x"}).status_code == 404


def test_a_time_gone_by_is_said_and_nothing_is_approved(
    approver: Browser,
    store: Store,
    media: DiskMedia,
    village: Village,
    clock: Clock,
) -> None:
    late = sent(store, media, village, rule=Rule(pattern=Once(TODAY), times=DAILY.times))
    clock.move(timedelta(minutes=20))
    assert approver.get("/").status_code == 200  # still signed in
    clock.move(timedelta(hours=9))
    again = approver.signed_in(village.approver)
    answer = again.fill(f"/duyet/{late}", f"/duyet/{late}/dong-y", {})
    assert answer.status_code == 422
    assert "Giờ phát đã qua" in answer.text


def test_an_emergency_sounds_when_it_is_approved(
    approver: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    urgent = sent(store, media, village, cls=Class.EMERGENCY)
    assert "phát ngay khi được duyệt" in approver.get("/duyet/").text
    page = approver.get(f"/duyet/{urgent}").text
    assert "Duyệt và phát ngay" in page
    assert "<dd>Ngay khi được duyệt" in page
    approver.fill(f"/duyet/{urgent}", f"/duyet/{urgent}/dong-y", {})
    assert state_of(store, urgent) is BulletinState.APPROVED
    assert "Lịch tiêm chủng" in approver.get("/dang-phat/").text


def test_what_it_would_meet_on_the_air_is_told_to_both(
    officer: Browser, approver: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    approved(store, media, village, title="Tin có trước")
    later = sent(store, media, village, title="Tin có sau")
    for page in (officer.get(f"/ban-tin/{later}"), approver.get(f"/duyet/{later}")):
        told = page.text.partition("Sẽ phát")[2]
        assert told.count("Tin có trước") == 1, "not once for each day"
        assert "lần như vậy trong 10 ngày tới" in told
        assert "hẹn lúc 17:00 ngày" in told
