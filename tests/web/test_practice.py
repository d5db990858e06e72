"""A place to practise: said on every page, entered by a role, made anew by one tap."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec import structs
from sqlalchemy import update

from controller import reset, stations
from controller.model import Station
from controller.settings import Settings
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web import create_app
from web.practice import COOKIE, GENERATION

BANNER = "TẬP DÙNG"


@pytest.fixture
def learner(settings: Settings, store: Store, clock: Clock) -> Iterator[Browser]:
    """Somebody in front of a sandbox."""
    app = create_app(structs.replace(settings, sandbox=True), store, now=clock)
    return Browser(app, store, clock)


def enter(learner: Browser, person: str) -> None:
    assert learner.post("/tap-dung/vao", {"person": person}).location == "/"


def test_whoever_comes_is_asked_for_a_role_and_no_password(
    learner: Browser, village: Village
) -> None:
    assert learner.get("/ban-tin/").location == "/tap-dung/"
    assert village.officer.name in learner.get("/tap-dung/").text
    enter(learner, village.officer.person_id)
    assert learner.get("/ban-tin/").status_code == 200
    enter(learner, village.approver.person_id)
    assert village.approver.name in learner.get("/").text


def test_every_page_says_what_it_is(learner: Browser, village: Village) -> None:
    for url in ("/tap-dung/", "/dang-nhap", "/khong-co"):
        assert BANNER in learner.get(url, follow_redirects=True).text, url
    enter(learner, village.officer.person_id)
    for url in ("/", "/ban-tin/", "/ban-tin/soan", "/dang-phat/", "/tram-loa/", "/khong-co"):
        page = learner.get(url).text
        assert BANNER in page, url
        assert "<title>Tập dùng: " in page, url


def test_one_tap_asks_the_launcher_and_waits_for_another_beginning(
    learner: Browser, settings: Settings
) -> None:
    assert not reset.is_wanted(settings.data)
    waiting = learner.post("/tap-dung/lam-lai", {}).location
    assert reset.is_wanted(settings.data)
    assert "Đang làm lại" in learner.get(waiting).text
    learner.app.config[GENERATION] = "another"
    assert learner.get(waiting).location == "/tap-dung/"


def test_the_time_that_is_offered_is_soon(learner: Browser, village: Village, clock: Clock) -> None:
    enter(learner, village.officer.person_id)
    soon = clock() + timedelta(hours=7, minutes=3)
    assert f'value="{soon:%H:%M}"' in learner.get("/ban-tin/soan").text


def test_its_cookie_is_not_that_of_the_real_server(learner: Browser, village: Village) -> None:
    enter(learner, village.officer.person_id)
    assert learner.client.get_cookie(COOKIE) is not None
    assert learner.client.get_cookie("tt_session") is None


def test_a_real_server_has_none_of_it(browser: Browser, village: Village) -> None:
    assert BANNER not in browser.get("/dang-nhap").text
    assert browser.get("/tap-dung/").status_code == 404
    fields = {"person": village.officer.person_id}
    assert browser.post("/tap-dung/vao", fields).status_code == 404
    assert browser.post("/tap-dung/lam-lai", {}).status_code == 404


def test_the_real_server_leads_there_when_there_is_such_a_place(
    settings: Settings, store: Store, clock: Clock
) -> None:
    app = create_app(structs.replace(settings, sandbox_port=8099), store, now=clock)
    page = Browser(app, store, clock).get("/dang-nhap").text
    assert 'href="http://localhost:8099/tap-dung/"' in page


def test_virtual_stations_are_marked(
    officer: Browser, store: Store, village: Village, clock: Clock
) -> None:
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Cụm loa chợ", now=clock())
    assert "Loa ảo" not in officer.get("/tram-loa/").text
    with store.writing() as session:
        session.execute(update(Station).values(virtual=True))
    assert "Loa ảo" in officer.get("/tram-loa/").text
