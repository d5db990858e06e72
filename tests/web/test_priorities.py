"""The page on which colliding priority bulletins are moved up and down."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.states import Class
from controller import stations
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser, forms
from tests.web.writing import approved
from web.priorities import moved


@pytest.fixture
def colliding(store: Store, media: DiskMedia, village: Village) -> list[str]:
    """Titles of two that want the same minute."""
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    titles = ["Tiêm vắc-xin dại", "Cắt điện cả ngày"]
    for title in titles:
        approved(store, media, village, cls=Class.PRIORITY, title=title)
    return titles


def order(browser: Browser) -> list[str]:
    return re.findall(r"<strong>\d\. ([^<]+)</strong>", browser.get("/uu-tien/").text)


def test_one_tap_moves_one_and_the_plan_is_asked_to_follow(
    officer: Browser, colliding: list[str], nudges: list[object]
) -> None:
    before = order(officer)
    assert sorted(before) == sorted(colliding)
    officer.fill("/uu-tien/", "/uu-tien/", {"move": "1:len"})
    assert order(officer) == before[::-1]
    assert len(nudges) == 1
    officer.fill("/uu-tien/", "/uu-tien/", {"move": "0:xuong"})
    assert "Đã đổi thứ tự" in officer.get("/uu-tien/").text
    assert order(officer) == before


def test_a_set_that_is_no_more_is_shown_as_it_is_now(
    officer: Browser, colliding: list[str], village: Village
) -> None:
    answer = officer.post("/uu-tien/", {"area": village.suoi_may, "order": ["a"], "move": "x"})
    assert "vừa thay đổi" in officer.get(answer.location).text


def test_people_of_another_commune_order_nothing_here(
    stranger: Browser, browser: Browser, colliding: list[str], village: Village
) -> None:
    page = forms(stranger.get("/uu-tien/").text)
    assert not [form for form in page if "order" in form.fields]
    assert stranger.get(f"/uu-tien/?xa={village.suoi_may}").status_code == 404
    wanted = {"area": village.suoi_may, "order": colliding, "move": "0:xuong"}
    assert stranger.post("/uu-tien/", wanted).status_code == 404
    assert browser.signed_in(village.auditor).get("/uu-tien/").status_code == 404


@given(st.lists(st.uuids().map(str), unique=True, max_size=8), st.integers(-2, 9))
def test_a_step_and_its_way_back_change_nothing(names: list[str], at: int) -> None:
    down = moved(names, at, 1)
    assert sorted(down) == sorted(names)
    assert moved(down, at + 1, -1) == names or down == names
