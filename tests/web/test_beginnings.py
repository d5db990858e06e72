"""An empty server teaches: each list says what it is for and what to tap first."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import select

from controller import areas, people
from controller.model import AreaKind, Grant, Role, Station
from controller.permissions import Who, who
from controller.settings import Settings
from controller.store import Store, migrate
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web import create_app

MANY_WORDS = 12  # one sentence that says something
LISTS = (
    "/",
    "/ban-tin/",
    "/duyet/",
    "/dang-phat/",
    "/tram-loa/",
    "/tram-loa/can-xem",
    "/bao-cao/",
    "/bao-cao/nhuan-but/",
    "/cach-doc/",
    "/nguon-tiep-song/",
    "/hop-tin/",
    "/uu-tien/",
    "/nguoi-dung/",
    "/lich/?xem=danh-sach",
    "/cap-nhat/",
)


class Empties(HTMLParser):
    """The words of the empty states of a page, and what can be pressed in them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.taps = 0
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self.depth or " empty" in (dict(attrs).get("class") or "")):
            self.depth += 1
        self.taps += bool(self.depth and tag in ("a", "button"))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth and tag == "div")

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data.split()


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Somebody who only looks at an empty server."""
    yield from only_person(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Browser]:
    """Somebody who begins on one."""
    yield from only_person(tmp_path)


def only_person(folder: Path) -> Iterator[Browser]:
    """The only person of a new commune, who does everything."""
    settings, clock = Settings(data=folder, virtual_stations=True), Clock(NOW)
    store = Store(settings.database)
    migrate.upgrade(store)
    with store.writing() as session:
        home = areas.add(
            session, kind=AreaKind.COMMUNE, name="Xã Mới", parent_id=None, code=None, now=NOW
        )
    first = people.found(
        store, login="an.xa", name="An", password="may cay den lua", area_ids=[home.id], now=NOW
    )
    with store.writing() as session:
        for role in set(Role) - {Role.ADMINISTRATOR}:
            session.add(Grant(person_id=first.person_id, role=role, area_id=home.id))
    yield Browser(create_app(settings, store, now=clock), store, clock).signed_in(
        now_of(store, first)
    )
    store.close()


def now_of(store: Store, person: Who) -> Who:
    with store.reading() as session:
        return who(session, person.person_id)


@pytest.mark.parametrize("page", LISTS)
def test_an_empty_list_says_what_it_is_for_and_what_to_tap(looking: Browser, page: str) -> None:
    shown = looking.get(page, follow_redirects=True)
    assert shown.status_code == 200
    found = Empties()
    found.feed(shown.text)
    if page == "/":
        assert "Để loa nói được lần đầu" in shown.text
        return
    told = " ".join(found.words)
    assert len(found.words) >= MANY_WORDS, told
    quoted = re.findall("“([^”]+)”", told)
    assert found.taps or any(shown.text.count(label) > 1 for label in quoted) or "lệnh" in told, (
        told
    )


def test_the_first_steps_are_ticked_and_go_away_when_something_sounded(
    officer: Browser, alone: Browser, village: Village
) -> None:
    page = alone.get("/").text
    assert page.count("Đã có") == 2  # one person who writes and approves
    assert page.count("Chưa có") == 2
    assert "Để loa nói được lần đầu" not in officer.get("/").text


def test_one_station_is_added_by_hand(alone: Browser) -> None:
    added = alone.fill("/tram-loa/moi", "/tram-loa/moi", area_of(alone) | {"name": "Loa chợ"})
    assert added.location.endswith("/hop")
    virtual = {"name": "Loa thử", "kind": "virtual"}
    made = alone.fill("/tram-loa/moi", "/tram-loa/moi", area_of(alone) | virtual)
    assert made.location.startswith("/tram-loa/")
    with alone.store.reading() as session:
        rows = session.scalars(select(Station).order_by(Station.created_at, Station.id)).all()
        assert [row.virtual for row in rows] == [False, True]
    assert "1 cụm loa ảo" in alone.get("/bao-cao/").text
    real, unreal = (f"/tram-loa/{row.id}/thoi-dung" for row in rows)
    assert alone.post(real, {}).status_code == 404
    assert "Thôi dùng cụm loa ảo" in alone.get(made.location).text
    assert alone.post(unreal, {}).location == "/tram-loa/"
    assert "cụm loa ảo trong" not in alone.get("/bao-cao/").text


def test_a_station_without_a_name_is_refused_and_what_was_typed_stays(alone: Browser) -> None:
    refused = alone.fill("/tram-loa/moi", "/tram-loa/moi", area_of(alone) | {"name": " "})
    assert refused.status_code == 422
    assert "Tên cụm loa phải có" in refused.text


def test_nobody_adds_a_station_where_they_manage_none(officer: Browser, village: Village) -> None:
    assert officer.get("/tram-loa/moi").status_code == 404
    fields = {"area": village.suoi_may, "name": "Loa"}
    assert officer.post("/tram-loa/moi", fields).status_code == 404


def area_of(browser: Browser) -> dict[str, str]:
    """The only place there is, as the form would send it."""
    with browser.store.reading() as session:
        (grant,) = session.scalars(select(Grant.area_id).distinct())
    return {"area": grant}
