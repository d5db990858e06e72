"""The live pages: what sounds, how each station does, stop and all-clear."""

import pytest
from sqlalchemy import select

from contract.states import AiringState, Class, Verdict
from controller import stations
from controller.fleet import read_fleet
from controller.media.disk import DiskMedia
from controller.model import Airing, Bulletin, Order, StationState, StationVerdict
from controller.store import Store
from controller.verdict_ledger import freeze_targets
from tests.controller.village import NOW, TODAY, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import airing_now, approved
from web.shared import LIVE


@pytest.fixture
def posts(store: Store, village: Village) -> list[str]:
    """Two stations in Suối Mây, one in Nà Mây."""
    with store.writing() as session:
        places = [village.suoi_may, village.suoi_may, village.na_may]
        return [
            stations.register(session, None, place, f"Loa số {n}", now=NOW).station.id
            for n, place in enumerate(places, 1)
        ]


@pytest.fixture
def airing(store: Store, media: DiskMedia, village: Village, posts: list[str]) -> str:
    """The id of an airing that begins now."""
    decision = approved(store, media, village)
    return airing_now(store, decision, village.suoi_may, AiringState.PLANNED)


def start(store: Store, airing: str, posts: list[str]) -> None:
    """One station plays, the other is off the net."""
    with store.writing() as session:
        freeze_targets(session, session.get_one(Airing, airing), read_fleet(session, TODAY), NOW)
        state = session.get_one(StationState, posts[0])
        state.online, state.seen_at = True, NOW
        state.on_air = {"airing": airing}


def test_each_station_is_shown_from_plan_to_verdict(
    officer: Browser, store: Store, airing: str, posts: list[str]
) -> None:
    page = f"/dang-phat/{airing}"
    assert "Đã lên lịch" in officer.get(page).text
    assert "Chờ nhận lịch" in officer.get(page).text
    start(store, airing, posts)
    shown = officer.get(page).text
    assert "Loa số 1" in shown
    assert "Mất kết nối" in shown
    assert "Loa số 3" not in shown
    with store.writing() as session:
        row = session.get_one(StationVerdict, (airing, posts[0]))
        row.verdict, row.cause = Verdict.AIRED, "finished"
        row.started_at, row.ended_at, row.played_samples = NOW, NOW, 65 * 48_000
    shown = officer.get(page).text
    assert "Đã phát" in shown
    assert "09:00:00" in shown
    assert "1 phút 05 giây" in shown


def test_the_living_part_is_sent_once_as_long_as_nothing_happens(
    officer: Browser, store: Store, airing: str, posts: list[str], clock: Clock
) -> None:
    for url in (f"/dang-phat/{airing}/tinh-hinh", "/dang-phat/luc-nay"):
        first = officer.get(url)
        again = officer.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    start(store, airing, posts)
    clock.move(LIVE)  # what sounds is counted once a second
    changed = officer.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "1 cụm loa đang phát" in changed.text


def test_an_airing_is_stopped_in_two_presses(
    officer: Browser, store: Store, airing: str, posts: list[str], nudges: list[object]
) -> None:
    start(store, airing, posts)
    page = f"/dang-phat/{airing}"
    officer.fill(page, f"{page}/dung", {})
    with store.reading() as session:
        assert session.scalars(select(Order.airing_id)).all() == [airing]
    assert len(nudges) == 1


def test_one_that_has_not_begun_leaves_the_plan(
    officer: Browser, store: Store, airing: str
) -> None:
    page = f"/dang-phat/{airing}"
    officer.fill(page, f"{page}/dung", {})
    assert "Đã hủy" in officer.get(page).text
    assert "Dừng ngay" not in officer.get(page).text
    officer.post(f"{page}/dung", {})
    assert "đã được hủy" in officer.get(page).text


def test_all_loudspeakers_are_stopped_at_once(
    officer: Browser, store: Store, posts: list[str], village: Village
) -> None:
    officer.fill("/dang-phat/", "/dang-phat/dung-het", {})
    with store.reading() as session:
        assert session.scalars(select(Order.audience)).all() == [[village.suoi_may]]


def test_who_may_stop_nothing_sends_no_order(
    browser: Browser, store: Store, village: Village
) -> None:
    for person in (village.auditor, village.administrator):
        assert browser.signed_in(person).post("/dang-phat/dung-het", {}).status_code == 404
    with store.reading() as session:
        assert session.scalars(select(Order.id)).all() == []


def test_an_emergency_ends_with_the_all_clear(
    approver: Browser, store: Store, media: DiskMedia, village: Village, posts: list[str]
) -> None:
    decision = approved(store, media, village, cls=Class.EMERGENCY)
    with store.reading() as session:
        query = select(Airing.id).where(Airing.bulletin_id == decision.bulletin_id)
        page = f"/khan-cap/phat/{session.scalars(query).one()}"
    assert "Khẩn cấp" in approver.get(page).text
    answer = approver.fill(page, f"{page}/bao-yen", {})
    assert "Đã báo yên" in approver.get(answer.location).text
    approver.post(f"{page}/bao-yen", {})
    assert "Đã báo yên cho bản tin khẩn cấp này" in approver.get(page).text


def test_people_of_another_commune_see_nothing_of_it(
    stranger: Browser, airing: str, posts: list[str]
) -> None:
    assert stranger.get(f"/dang-phat/{airing}").status_code == 404
    assert stranger.get(f"/dang-phat/{airing}/tinh-hinh").status_code == 404
    assert stranger.post(f"/dang-phat/{airing}/dung", {}).status_code == 404
    assert "Lịch tiêm chủng" not in stranger.get("/dang-phat/").text


def test_what_comes_from_above_is_seen_below_and_cannot_be_stopped_there(
    officer: Browser, store: Store, airing: str, village: Village
) -> None:
    with store.writing() as session:
        session.get_one(Airing, airing).targets = [village.zone]
    assert "Lịch tiêm chủng" in officer.get("/dang-phat/").text
    page = officer.get(f"/dang-phat/{airing}").text
    assert "Loa số 1" in page
    assert "Loa số 3" not in page
    assert "Dừng phát" not in page


def test_one_from_above_that_will_not_sound_is_still_shown(
    officer: Browser, stranger: Browser, store: Store, airing: str, village: Village
) -> None:
    with store.writing() as session:
        row = session.get_one(Airing, airing)
        session.get_one(Bulletin, row.bulletin_id).area_id = village.province
        row.state, row.reason = AiringState.REFUSED, "Trùng giờ."
    assert airing in officer.get("/dang-phat/").text
    assert "Trùng giờ." in officer.get(f"/dang-phat/{airing}").text
    assert stranger.get(f"/dang-phat/{airing}").status_code == 404


def test_a_page_whose_airing_is_gone_is_told_to_load_itself_again(officer: Browser) -> None:
    answer = officer.get("/dang-phat/gone/tinh-hinh", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (404, "true")


def test_an_empty_day_says_what_will_be_here(officer: Browser) -> None:
    assert "Chưa có lượt phát nào" in officer.get("/dang-phat/").text
