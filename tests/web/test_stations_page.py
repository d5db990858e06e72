"""The list of stations: the broken ones first."""

from datetime import timedelta

import pytest

from controller import stations
from controller.model import StationState
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser


@pytest.fixture
def posts(store: Store, village: Village) -> dict[str, str]:
    """By name: one that works, one that fell silent, one never seen, one of Nà Mây."""
    with store.writing() as session:
        found = {
            name: stations.register(session, None, place, name, now=NOW).station.id
            for name, place in (
                ("Loa chợ", village.suoi_may),
                ("Loa đình", village.suoi_may),
                ("Loa mới", village.suoi_may),
                ("Loa bản", village.na_may),
            )
        }
        for name, seen in (("Loa chợ", 1), ("Loa đình", 10), ("Loa bản", 1)):
            state = session.get_one(StationState, found[name])
            state.online, state.seen_at = True, NOW - timedelta(minutes=seen)
    return found


def test_the_broken_ones_come_first_with_what_is_wrong(
    officer: Browser, posts: dict[str, str]
) -> None:
    page = officer.get("/tram-loa/").text
    order = [page.index(name) for name in ("Loa đình", "Loa mới", "Loa chợ")]
    assert order == sorted(order)
    for said in ("Mất kết nối", "10 phút trước", "Chưa từng kết nối", "Đang kết nối"):
        assert said in page
    assert "Loa bản" not in page


def test_receivers_that_obey_any_code_are_pointed_out(
    officer: Browser, store: Store, posts: dict[str, str]
) -> None:
    assert "không xác thực được" not in officer.get("/tram-loa/").text
    with store.writing() as session:
        session.get_one(StationState, posts["Loa chợ"]).receivers = "open"
        session.get_one(StationState, posts["Loa đình"]).receivers = "guarded"
    assert officer.get("/tram-loa/").text.count("không xác thực được") == 1


def test_one_may_look_at_the_broken_ones_only(officer: Browser, posts: dict[str, str]) -> None:
    page = officer.get("/tram-loa/?chi=hong").text
    assert "Loa đình" in page
    assert "Loa chợ" not in page


def test_a_technician_finds_them_on_the_first_page(
    browser: Browser, village: Village, posts: dict[str, str]
) -> None:
    page = browser.signed_in(village.technician).get("/").text
    assert "Cụm loa cần xem" in page
    assert "Loa đình" in page
    assert "Loa chợ" not in page
    assert "Soạn bản tin" not in page


def test_nothing_broken_is_said_in_so_many_words(stranger: Browser, posts: dict[str, str]) -> None:
    assert "Không có cụm loa nào hỏng" in stranger.get("/tram-loa/?chi=hong").text
    assert "Cả 1 cụm loa đang kết nối" in stranger.get("/tram-loa/").text


def test_a_place_without_stations_says_what_to_do(officer: Browser) -> None:
    assert "Chưa có cụm loa nào" in officer.get("/tram-loa/").text
