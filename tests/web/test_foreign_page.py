"""Boxes of other makers on the pages: added, their secret seen once, what they lack said."""

import pytest
from sqlalchemy import select

from contract.states import AiringState, Cause, Verdict
from controller.foreign.adapters import LIMITS
from controller.media.disk import DiskMedia
from controller.model import SELF_TOLD, ForeignBox, StationState, StationVerdict
from controller.settings import Settings
from controller.store import Store
from tests.controller.foreign.maker import polling, sample_text, speaking
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.writing import airing_now, approved

NEW = "/tram-loa/thiet-bi-khac"


@pytest.fixture
def technician(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.technician)


def test_a_polling_box_is_added_and_its_secret_is_shown_once(
    technician: Browser, village: Village, store: Store
) -> None:
    assert NEW in technician.get("/tram-loa/").text
    page = technician.fill(NEW, NEW, {"area": village.suoi_may, "name": "Loa chợ", "poll_s": "30"})
    assert page.status_code == 200
    assert "/thiet-bi/lich.json" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    with store.reading() as session:
        box = session.scalars(select(ForeignBox)).one()
    station = technician.get(f"/tram-loa/{box.station_id}").text
    for limit in LIMITS:
        assert limit in station
    assert "chậm tới 30 giây" in station
    assert f"/tram-loa/{box.station_id}/hop" not in station
    assert technician.get(f"/tram-loa/{box.station_id}/hop").status_code == 404
    assert "Thiết bị tự báo" in technician.get("/tram-loa/").text


def test_a_profile_in_the_folder_can_be_chosen_and_a_bad_one_says_why(
    technician: Browser, village: Village, settings: Settings, store: Store
) -> None:
    settings.box_profiles.mkdir()
    (settings.box_profiles / "mau.toml").write_text(sample_text(), encoding="utf-8")
    (settings.box_profiles / "xau.toml").write_text("name = 1", encoding="utf-8")
    page = technician.get(NEW).text
    assert "MQTT: Hộp mẫu" in page
    assert "Hồ sơ xau.toml không dùng được" in page
    fields = {"area": village.suoi_may, "name": "Loa đình", "way": "mau"}
    assert "gạch nối" in technician.fill(NEW, NEW, {**fields, "device": "một"}).text
    made = technician.fill(NEW, NEW, {**fields, "device": "H7"}).text
    assert "hop/H7/trang-thai" in made
    assert "box.xa-suoi-may-1" in made
    with store.reading() as session:
        assert session.scalars(select(ForeignBox.device)).one() == "H7"
    assert technician.fill(NEW, NEW, {**fields, "device": "H7"}).status_code == 422
    assert technician.fill(NEW, NEW, {**fields, "way": "xau"}).status_code == 422
    assert technician.fill(NEW, NEW, {**fields, "way": "http", "poll_s": "x"}).status_code == 422


def test_another_secret_takes_the_place_of_the_first(
    technician: Browser, village: Village, store: Store, officer: Browser
) -> None:
    with store.writing() as session:
        made = speaking(session, village)
    path = f"/tram-loa/{made.station.id}/thiet-bi-khac/ma-moi"
    page = technician.fill(f"/tram-loa/{made.station.id}", path, {})
    assert "Mật khẩu cũ" in page.text
    assert made.secret not in page.text
    with store.reading() as session:
        assert session.scalars(select(ForeignBox)).one().secret_hash != made.box.secret_hash
    assert officer.post(path, {}).status_code == 404
    assert officer.get(NEW).status_code == 404
    assert technician.post("/tram-loa/no-such/thiet-bi-khac/ma-moi", {}).status_code == 404


def test_a_verdict_says_that_the_box_itself_told_it(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    with store.writing() as session:
        station = polling(session, village).station.id
    airing = airing_now(
        store, approved(store, media, village), village.suoi_may, AiringState.STARTED
    )
    with store.writing() as session:
        session.add(
            StationVerdict(
                airing_id=airing,
                station_id=station,
                verdict=Verdict.AIRED,
                cause=Cause.FINISHED,
                planned_at=NOW,
                evidence=SELF_TOLD,
                detail="loa kêu to",
            )
        )
        session.get_one(StationState, station).on_air = {"airing": airing}
    assert "Thiết bị tự báo" in officer.get(f"/dang-phat/{airing}").text
    assert "Thiết bị báo đang phát “Lịch tiêm chủng”" in officer.get(f"/tram-loa/{station}").text
    page = officer.get(f"/tram-loa/{station}/vi-sao/{airing}").text
    assert "bằng chứng xếp dưới mức L0" in page
    assert "loa kêu to" in page
