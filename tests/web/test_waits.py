"""A start comes near, or is lost, while nobody has approved: seen by both, mended with one tap."""

from datetime import timedelta

import pytest

from controller.chores import Chores
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.test_approval import ONCE
from tests.controller.test_waiting import AT_FIVE, MINUTE
from tests.controller.village import NOW, OneKey, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import sent, state_of
from web.waits import left


@pytest.fixture
def waiting(store: Store, media: DiskMedia, village: Village) -> str:
    return sent(store, media, village, rule=ONCE)


def test_the_countdown_is_seen_by_who_decides_and_who_wrote(
    browser: Browser, village: Village, clock: Clock, waiting: str
) -> None:
    assert "là tới giờ" not in browser.signed_in(village.approver).get("/").text
    clock.at = AT_FIVE - 42 * MINUTE
    approver, officer = browser.signed_in(village.approver), browser.signed_in(village.officer)
    pages = ("/", f"/ban-tin/{waiting}"), ("/", "/duyet/", f"/duyet/{waiting}")
    for person, paths in zip((officer, approver), pages, strict=True):
        for path in paths:
            assert ">42 phút</span>" in person.get(path).text, path
    assert "tone-wait" in approver.get(f"/duyet/{waiting}").text
    clock.at = AT_FIVE - 10 * MINUTE
    assert "notice tone-bad" in browser.signed_in(village.approver).get(f"/duyet/{waiting}").text


@pytest.mark.parametrize("who", ["officer", "approver"])
def test_a_lost_one_is_put_off_with_one_tap(
    *,
    browser: Browser,
    store: Store,
    village: Village,
    clock: Clock,
    waiting: str,
    who: str,
) -> None:
    clock.at = AT_FIVE + MINUTE
    Chores(store, OneKey()).remind(clock.at)
    person = browser.signed_in(getattr(village, who))
    assert "Lỡ giờ 23/11/2026 17:00" in person.get("/").text
    page = f"/duyet/{waiting}" if who == "approver" else f"/ban-tin/{waiting}"
    answer = person.fill(page, f"/ban-tin/{waiting}/doi-khung", {})
    assert answer.location == page
    told = person.get(page).text
    assert "Đã dời sang 23/11/2026 17:15" in told
    assert "Lượt 23/11/2026 17:00 không phát" in told
    if who == "approver":
        person.fill(page, f"{page}/dong-y", {})
        assert state_of(store, waiting) == "approved"


def test_without_a_loss_the_tap_tells_why_not(officer: Browser, waiting: str) -> None:
    page = f"/ban-tin/{waiting}"
    assert "doi-khung" not in officer.get(page).text
    officer.post(f"{page}/doi-khung", {})
    assert "không cần dời" in officer.get(page).text


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=59), "chưa đầy 1 phút"),
        (timedelta(seconds=-5), "chưa đầy 1 phút"),
        (timedelta(minutes=1, seconds=59), "1 phút"),
        (timedelta(minutes=60), "1 giờ"),
        (timedelta(minutes=61), "1 giờ 1 phút"),
    ],
)
def test_what_is_left_is_rounded_down(ahead: timedelta, words: str) -> None:
    assert left(NOW + ahead, NOW) == words
