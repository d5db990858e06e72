"""The first start of an empty server: one page after the other, and nothing else before its end."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from controller import areas, audit
from controller.areas import local_day
from controller.first_start import code
from controller.media.disk import DiskMedia
from controller.model import AuditLine, Station
from controller.settings import Settings
from controller.store import Store
from controller.store.prepare import prepare
from tests.controller.village import NOW
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import voice_it
from web import create_app

WHO = {"name": "Nguyễn Văn An", "login": "an.suoimay", "password": "may cay den lua"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a server that nobody has used: the country, and no people."""
    folder = tmp_path_factory.mktemp("empty")
    store = Store(Settings(data=folder).database)
    prepare(store, NOW)
    store.close()
    return folder / "truyenthanh.db"


@pytest.fixture
def fresh(empty: Path, tmp_path: Path, clock: Clock) -> Iterator[Browser]:
    """Somebody in front of it."""
    settings = Settings(data=tmp_path, virtual_stations=True)
    (tmp_path / empty.name).write_bytes(empty.read_bytes())
    store = Store(settings.database)
    yield Browser(create_app(settings, store, now=clock), store, clock)
    store.close()


def code_of(browser: Browser) -> str:
    with browser.store.writing() as session:
        return str(code.make(session, now=browser.clock()))


def begin(browser: Browser) -> None:
    fields = {"code": code_of(browser), **WHO}
    assert browser.fill("/bat-dau/tai-khoan", "/bat-dau/tai-khoan", fields).status_code == 303


def province(browser: Browser, name: str = "Tỉnh Lào Cai") -> str:
    page = browser.get("/bat-dau/tinh").text
    found = re.search(rf'value="([^"]+)">[^<]*{name}<', page)
    assert found
    assert browser.fill("/bat-dau/tinh", "/bat-dau/tinh", {"province": found[1]}).status_code == 303
    return found[1]


def commune(browser: Browser) -> str:
    first = re.findall(r'name="communes" value="([^"]+)"', browser.get("/bat-dau/xa").text)[0]
    assert browser.fill("/bat-dau/xa", "/bat-dau/xa", {"communes": first}).status_code == 303
    return str(first)


def up_to_the_colleague(browser: Browser) -> tuple[str, str]:
    begin(browser)
    places = province(browser), commune(browser)
    assert browser.fill("/bat-dau/khung-gio", "/bat-dau/khung-gio", {}).status_code == 303
    return places


def test_everything_leads_to_the_first_page_until_there_is_somebody(fresh: Browser) -> None:
    for page in ("/", "/ban-tin/", "/dang-nhap", "/tram-loa/x"):
        assert fresh.get(page).location == "/bat-dau/"
    assert fresh.get("/api/v1/bulletins").status_code == 503
    assert fresh.get("/healthz").status_code == 200
    assert fresh.get("/bat-dau/tinh").location.startswith("/dang-nhap")


def test_the_34_provinces_are_offered_and_their_communes(fresh: Browser) -> None:
    begin(fresh)
    assert fresh.get("/bat-dau/tinh").text.count('name="province"') == 34
    province(fresh)
    assert fresh.get("/bat-dau/xa").text.count('name="communes"') == 99


def test_a_server_is_furnished_from_the_code_to_the_first_notice(fresh: Browser) -> None:
    place, home = up_to_the_colleague(fresh)
    invited = fresh.fill(
        "/bat-dau/nguoi-duyet", "/bat-dau/nguoi-duyet", {"name": "Lê Hùng", "login": "hung.x"}
    )
    link = re.search(r"/mat-khau/[\w-]+", invited.text)
    assert link
    assert fresh.fill("/bat-dau/cum-loa", "/bat-dau/cum-loa", {}).status_code == 303
    assert fresh.fill("/bat-dau/ban-tin", "/bat-dau/ban-tin", {}).location == "/bat-dau/nghe-thu"
    assert "Máy đang đọc" in fresh.get("/bat-dau/nghe-thu").text
    assert fresh.get("/").location == "/bat-dau/"  # still nothing else
    assert fresh.get(link[0]).status_code == 200  # but the colleague may come
    assert fresh.post("/bat-dau/nghe-thu", {"put_off": "1"}).location == "/"
    assert fresh.get("/").status_code == 200
    assert fresh.get("/bat-dau/").status_code == 404
    with fresh.store.reading() as session:
        (station,) = session.scalars(select(Station))
        assert station.virtual
        assert station.area_id == home
        hours = areas.permitted_windows(session, [place], local_day(NOW))[place]
        assert [(w.start, w.end) for w in hours] == [("05:30", "06:30"), ("17:00", "18:00")]
        done = set(session.scalars(select(AuditLine.action)))
        assert {"first_start.code", "first_start.account", "first_start.done"} <= done
        assert audit.verify(session) == []


def test_the_first_notice_is_sent_once_it_was_heard_and_the_server_is_open(
    fresh: Browser, tmp_path: Path
) -> None:
    up_to_the_colleague(fresh)
    listen = "/bat-dau/nghe-thu"
    for step in ("nguoi-duyet", "cum-loa"):
        fresh.post(f"/bat-dau/{step}", {"put_off": "1"})
    assert fresh.fill("/bat-dau/ban-tin", "/bat-dau/ban-tin", {}).location == listen
    voice_it(fresh.store, DiskMedia(Settings(data=tmp_path).media))
    refused = fresh.fill(listen, listen, {})
    assert refused.status_code == 422
    assert "Hãy nghe hết bản ghi âm" in refused.text
    sent = fresh.fill(listen, listen, {"listened": "yes"})
    assert sent.location.startswith("/ban-tin/")
    assert "Chờ duyệt" in fresh.get(sent.location).text
    assert fresh.get(listen).status_code == 404


def test_a_wrong_old_or_used_code_opens_nothing(fresh: Browser, clock: Clock) -> None:
    first, second = code_of(fresh), code_of(fresh)
    account = "/bat-dau/tai-khoan"
    for wrong in ("", "ABCD-EFGH-JKMN", first):
        refused = fresh.fill(account, account, {"code": wrong, **WHO})
        assert refused.status_code == 422
        assert "Mã không đúng" in refused.text
    clock.move(code.LIVES)
    assert fresh.fill(account, account, {"code": second, **WHO}).status_code == 422
    third = code_of(fresh)
    assert fresh.fill(account, account, {"code": third.lower(), **WHO}).status_code == 303
    assert fresh.get(account).status_code == 404
    assert fresh.get("/bat-dau/").location == "/bat-dau/tinh"


def test_codes_cannot_be_guessed(fresh: Browser, clock: Clock) -> None:
    account = "/bat-dau/tai-khoan"
    good = code_of(fresh)
    for _ in range(10):
        fresh.fill(account, account, {"code": "ABCD-EFGH-JKMN", **WHO})
    assert fresh.fill(account, account, {"code": good, **WHO}).status_code == 429
    clock.move(timedelta(minutes=16))
    assert fresh.fill(account, account, {"code": good, **WHO}).status_code == 303


def test_a_bad_password_is_explained_and_nothing_typed_is_lost(fresh: Browser) -> None:
    account = "/bat-dau/tai-khoan"
    fields = {"code": code_of(fresh), **WHO, "password": "matkhau"}
    refused = fresh.fill(account, account, fields)
    assert "ít nhất 10 ký tự" in refused.text or "quá phổ biến" in refused.text
    assert WHO["name"] in refused.text
    assert fields["code"] in refused.text


def test_it_is_gone_on_with_after_signing_in_again_and_may_go_back(fresh: Browser) -> None:
    up_to_the_colleague(fresh)
    other = Browser(fresh.app, fresh.store, fresh.clock)
    assert other.get("/").location == "/bat-dau/"
    assert other.fill("/dang-nhap", "/dang-nhap", WHO).status_code == 303
    assert other.get("/bat-dau/").location == "/bat-dau/nguoi-duyet"
    assert other.get("/bat-dau/nghe-thu").location == "/bat-dau/nguoi-duyet"  # not its turn
    province(other, "Tỉnh Sơn La")  # back, and another
    assert "Sơn La" in other.get("/bat-dau/xa").text


def test_a_step_that_is_put_off_is_audited_as_that(fresh: Browser) -> None:
    up_to_the_colleague(fresh)
    assert fresh.post("/bat-dau/nguoi-duyet", {"put_off": "1"}).location == "/bat-dau/cum-loa"
    assert fresh.post("/bat-dau/khung-gio", {"put_off": "1"}).status_code == 404  # not that one
    with fresh.store.reading() as session:
        done = list(session.scalars(select(AuditLine.action)))
    assert "first_start.later" in done
    assert "first_start.colleague" not in done


def test_hours_at_night_are_refused_at_their_line(fresh: Browser) -> None:
    begin(fresh)
    province(fresh)
    commune(fresh)
    spans = {"start": ["05:30", "21:00", ""], "end": ["06:30", "23:00", ""]}
    refused = fresh.fill("/bat-dau/khung-gio", "/bat-dau/khung-gio", spans)
    assert refused.status_code == 422
    assert "loa chỉ được mở từ 05:00 đến 21:30" in refused.text
    assert "23:00" in refused.text


def test_somebody_else_waits_until_it_is_done(fresh: Browser) -> None:
    up_to_the_colleague(fresh)
    invited = fresh.fill(
        "/bat-dau/nguoi-duyet", "/bat-dau/nguoi-duyet", {"name": "Lê Hùng", "login": "hung.x"}
    )
    link = re.search(r"/mat-khau/[\w-]+", invited.text)
    assert link
    colleague = Browser(fresh.app, fresh.store, fresh.clock)
    assert colleague.fill(link[0], "", {"password": "trau den gam co"}).status_code == 303
    sent = {"login": "hung.x", "password": "trau den gam co"}
    assert colleague.fill("/dang-nhap", "/dang-nhap", sent).status_code == 303
    assert colleague.get("/").status_code == 503
    assert colleague.get("/bat-dau/tinh").status_code == 404


def test_a_server_with_people_has_no_first_start(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/bat-dau/").status_code == 404
    assert client.get("/bat-dau/tai-khoan").status_code == 404
