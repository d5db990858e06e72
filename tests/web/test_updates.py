"""The page of updates: one asks, another approves; the repository is open to stations."""

import json
from pathlib import Path

import pytest
from flask import Flask

from controller import stations
from controller.demo import sample
from controller.demo.seeding import area_id
from controller.model import Grant, Role
from controller.permissions import who
from controller.settings import Settings
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.caller import Caller
from web.parts import parts


@pytest.fixture
def repository(settings: Settings) -> Path:
    """Two versions, as far as the page looks."""
    folder = settings.releases / "metadata"
    folder.mkdir(parents=True)
    targets = {f"tt-station-{version}.pyz": {} for version in ("1.3.0", "1.4.0")}
    (folder / "9.targets.json").write_text("{}")
    (folder / "10.targets.json").write_text(json.dumps({"signed": {"targets": targets}}))
    return settings.releases


@pytest.fixture
def technician(browser: Browser, village: Village, store: Store) -> Browser:
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    return browser.signed_in(village.technician)


@pytest.fixture
def second(browser: Browser, village: Village, store: Store) -> Browser:
    """Another person who looks after every station."""
    with store.writing() as session:
        of = village.staff.person_id
        session.add(Grant(person_id=of, role=Role.TECHNICIAN, area_id=village.province))
        session.flush()
        asking = who(session, of)
    return browser.signed_in(asking)


def told(who: Browser, url: str, fields: dict[str, str]) -> str:
    """Send, and read the page to which that leads."""
    assert who.post(url, fields).status_code == 303
    return who.get("/cap-nhat/").text


def test_from_the_proposal_to_a_halt(
    technician: Browser, second: Browser, repository: Path
) -> None:
    page = technician.get("/cap-nhat/").text
    assert page.index("1.4.0") < page.index("1.3.0")  # the latest first
    page = told(technician, "/cap-nhat/", {"version": "1.4.0"})
    assert "Người đề nghị không tự duyệt được" in page
    rollout = page.split('action="/cap-nhat/')[1].split("/")[0]
    assert "cần một người khác" in told(technician, f"/cap-nhat/{rollout}/duyet", {})
    assert "Đang cập nhật" in told(second, f"/cap-nhat/{rollout}/duyet", {})
    assert "Đang tạm dừng" in told(second, f"/cap-nhat/{rollout}/dung", {})
    page = told(technician, f"/cap-nhat/{rollout}/huy", {})
    assert "Các đợt trước" in page


def test_a_version_that_was_not_published_cannot_be_asked_for(
    technician: Browser, repository: Path
) -> None:
    page = told(technician, "/cap-nhat/", {"version": "6.6.6"})
    assert "Hãy chọn một bản đã đăng" in page


def test_before_anything_is_published_the_page_says_what_will_come(technician: Browser) -> None:
    assert "Chưa đăng bản nào" in technician.get("/cap-nhat/").text


def test_who_does_not_look_after_stations_finds_no_such_page(
    officer: Browser, technician: Browser, repository: Path
) -> None:
    assert officer.get("/cap-nhat/").status_code == 404
    assert officer.post("/cap-nhat/", {"version": "1.4.0"}).status_code == 404
    assert "Cập nhật" not in officer.get("/").text
    assert "Cập nhật" in technician.get("/").text


def test_who_looks_after_some_stations_only_is_told_who_does_this(app: Flask) -> None:
    with app.app_context(), parts().store.reading() as session:
        place = area_id(session, sample.SUOI_MAY)
    page = Caller(app, place, "tho.loa").browser.get("/cap-nhat/")
    assert page.status_code == 200
    assert "Người quản lý mọi cụm loa" in page.text


def test_stations_read_the_repository_and_nothing_beside_it(
    browser: Browser, repository: Path
) -> None:
    (repository / "drafts").mkdir()
    (repository / "drafts" / "targets.json").write_text("{}")
    (repository / "online.key").write_text("geheim")
    assert browser.get("/cap-nhat/kho/metadata/9.targets.json").text == "{}"
    for beside in ("drafts/targets.json", "metadata/../online.key", "metadata/%2e%2e%2fonline.key"):
        assert browser.get(f"/cap-nhat/kho/{beside}").status_code in {303, 404}, beside


def test_a_rollout_is_moved_by_nobody_else(
    technician: Browser, officer: Browser, repository: Path
) -> None:
    told(technician, "/cap-nhat/", {"version": "1.4.0"})
    rollout = technician.get("/cap-nhat/").text.split('action="/cap-nhat/')[1].split("/")[0]
    assert officer.post(f"/cap-nhat/{rollout}/huy", {}).status_code == 404
