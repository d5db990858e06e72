"""The tree of areas on a page: as it was, renamed, added to, merged and split after a look."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from controller import areas
from controller.model import Area, AreaKind, Station
from controller.store import Store
from tests.controller.air import approve, register
from tests.controller.village import NOW, TODAY, OneKey, Village
from tests.web.browser import Browser

DECREE = {"decree": "1673/NQ-UBTVQH15", "decree_day": "2026-11-01"}


@pytest.fixture
def administrator(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.administrator)


def called(store: Store, name: str) -> Area:
    with store.reading() as session:
        return session.scalars(select(Area).where(Area.name == name)).one()


def test_a_new_name_holds_from_today_and_the_old_one_before(
    administrator: Browser, village: Village
) -> None:
    page = f"/don-vi/{village.na_may}"
    changed = {"name": "Phường Nà Mây", **DECREE}
    assert administrator.fill(page, f"{page}/doi-ten", changed).status_code == 303
    today = administrator.get(page).text
    assert "<h1>Phường Nà Mây</h1>" in today
    assert "theo 1673/NQ-UBTVQH15 ngày 01/11/2026" in today
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    assert "<h1>Xã Nà Mây</h1>" in administrator.get(f"{page}?ngay={yesterday}").text
    wrong = administrator.fill(page, f"{page}/doi-ten", {"decree_day": "2030-01-01"})
    assert wrong.status_code == 422
    assert "Nhập số văn bản" in wrong.text
    assert "không thể sau hôm nay" in wrong.text
    assert "đổi tên đơn vị" in administrator.get("/nhat-ky/?ve=area").text


def test_an_area_is_added_below(administrator: Browser, village: Village) -> None:
    page = f"/don-vi/{village.na_may}/them"
    new = {"name": "Thôn Đông", "kind": "hamlet", **DECREE}
    assert administrator.fill(page, "", new).status_code == 303
    assert "Thôn Đông" in administrator.get(f"/don-vi/{village.na_may}").text
    above = administrator.fill(page, "", {**new, "kind": "zone"})
    assert "Chọn cấp thấp hơn" in above.text
    assert administrator.post(page, {"kind": "moon"}).status_code == 404


def test_communes_are_merged_only_after_a_look(
    administrator: Browser, village: Village, store: Store
) -> None:
    page = f"/don-vi/{village.zone}/sap-nhap"
    one = administrator.fill(page, "", {"areas": [village.na_may], "name": "Xã Mây", **DECREE})
    assert one.status_code == 422
    assert "ít nhất hai xã" in one.text
    chosen = {"areas": [village.na_may, village.suoi_may], "name": "Xã Mây", **DECREE}
    seen = administrator.fill(page, "", chosen)
    assert "0 cụm loa, 4 người dùng và 0 bản tin" in seen.text
    with store.reading() as session:
        assert session.scalars(select(Area).where(Area.name == "Xã Mây")).all() == []
    assert administrator.post(page, {**chosen, "sure": "1"}).status_code == 303
    made = called(store, "Xã Mây")
    shown = administrator.get(f"/don-vi/{made.id}").text
    assert "Xã Nà Mây" in shown
    assert "Xã Suối Mây" in shown
    assert "Sáp nhập vào đơn vị mới" in administrator.get(f"/don-vi/{village.na_may}").text


def test_a_commune_is_split_only_after_a_look(
    administrator: Browser, village: Village, store: Store
) -> None:
    with store.writing() as session:
        facts = {"name": "Loa chợ", "secret_hash": "", "created_at": NOW}
        session.add(Station(id="loa-cho", area_id=village.na_may, **facts))
    page = f"/don-vi/{village.na_may}/chia"
    wanted = {"names": ["Xã Một", "Xã Hai"], "station:loa-cho": "2", **DECREE}
    seen = administrator.fill(page, "", wanted).text
    assert "Xã Hai: 1 cụm loa, 0 thôn" in seen
    assert administrator.post(page, {**wanted, "sure": "1"}).status_code == 303
    with store.reading() as session:
        assert session.get_one(Station, "loa-cho").area_id == called(store, "Xã Hai").id
        assert session.get_one(Area, village.na_may).kind == AreaKind.ZONE


def test_areas_are_kept_by_those_who_may(officer: Browser, village: Village) -> None:
    for path in ("", "them", "sap-nhap", "chia"):
        assert officer.get(f"/don-vi/{village.suoi_may}/{path}".rstrip("/")).status_code == 404
    assert officer.get("/don-vi/").status_code == 404


def test_communes_are_regrouped_only_after_a_look(
    administrator: Browser, village: Village, store: Store
) -> None:
    with store.writing() as session:
        register(session, village.na_may, 1)
        approve(session, village, OneKey()).targets = [village.zone]
    page = f"/don-vi/{village.zone}/chuyen"
    chosen = {"areas": [village.na_may], "to": village.province, **DECREE}
    none = administrator.fill(page, "", {**chosen, "areas": []})
    assert none.status_code == 422
    assert "Chọn ít nhất một đơn vị" in none.text
    seen = administrator.fill(page, "", chosen)
    assert "Thôi phụ trách" in seen.text
    assert "Không nghe thêm bản tin nào." in seen.text
    assert "Thôi nghe 1 bản tin đã duyệt cho nơi cũ: Lịch tiêm chủng." in seen.text
    assert "1 cụm loa" in seen.text
    with store.reading() as session:
        assert areas.lineages(session, [village.na_may], TODAY)[village.na_may][1] == village.zone
    assert administrator.post(page, {**chosen, "sure": "1"}).status_code == 303
    with store.reading() as session:
        line = areas.lineages(session, [village.na_may], TODAY)[village.na_may]
        assert line == (village.na_may, village.province)
    assert "Chuyển sang đơn vị khác ở trên" in administrator.get(f"/don-vi/{village.na_may}").text
