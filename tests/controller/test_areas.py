"""The dated tree of areas."""

from collections import Counter
from datetime import date, timedelta

import pytest

from contract.windows import ALL_DAY, Window
from controller import areas
from controller.errors import NotFound
from controller.model import Area, AreaKind, AreaWindow
from controller.model.folding import folded
from controller.store import Store
from controller.store.seed import units
from tests.controller.village import NOW, TODAY, settle

TOMORROW = TODAY + timedelta(days=1)


def test_the_units_of_the_country_are_counted_and_coded_as_the_law_says() -> None:
    rows = list(units.rows())
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["tinh"] + kinds["thanh_pho"] == 34
    assert (kinds["xa"], kinds["phuong"], kinds["dac_khu"]) == (2621, 687, 13)
    provinces = {row["code"] for row in rows if not row["parent"]}
    communes = [row for row in rows if row["parent"]]
    assert len(communes) == 3321
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(len(code) == 2 and code.isdigit() for code in provinces)
    assert all(len(row["code"]) == 5 and row["code"].isdigit() for row in communes)
    assert {row["parent"] for row in communes} == provinces


def test_the_units_are_loaded_once(store: Store) -> None:
    with store.writing() as session:
        assert units.load(session) == 3355
    with store.writing() as session:
        assert units.load(session) == 0
        lao_cai = session.query(Area).filter(Area.code == "15").one()
        assert lao_cai.name == "Tỉnh Lào Cai"
        assert len(areas.subtrees(session, [lao_cai.id], TODAY)) == 1 + 99
        assert areas.subtrees(session, [lao_cai.id], date(2025, 6, 30)) == set()


def test_a_lineage_goes_from_the_commune_up_through_its_zone(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        up = areas.lineages(session, [village.suoi_may, village.province, "nowhere"], TODAY)
    assert up[village.suoi_may] == (village.suoi_may, village.zone, village.province)
    assert up[village.province] == (village.province,)
    assert up["nowhere"] == ()


def test_a_moved_commune_hangs_elsewhere_from_that_day_on(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        areas.move(session, village.na_may, village.province, TOMORROW)
        session.flush()
        before = areas.lineages(session, [village.na_may], TODAY)[village.na_may]
        after = areas.lineages(session, [village.na_may], TOMORROW)[village.na_may]
        assert village.na_may not in areas.subtrees(session, [village.zone], TOMORROW)
    assert before == (village.na_may, village.zone, village.province)
    assert after == (village.na_may, village.province)


def test_an_area_moved_twice_in_a_day_is_where_it_was_put_last(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        areas.move(session, village.na_may, village.province, TOMORROW)
        session.flush()
        areas.move(session, village.na_may, village.zone, TOMORROW)
        session.flush()
        line = areas.lineages(session, [village.na_may], TOMORROW)[village.na_may]
    assert line == (village.na_may, village.zone, village.province)


def test_a_closed_area_is_history(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        areas.close(session, village.na_may, TOMORROW)
        session.flush()
        assert village.na_may in areas.subtrees(session, [village.province], TODAY)
        assert village.na_may not in areas.subtrees(session, [village.province], TOMORROW)
        below = [area.name for area in areas.children(session, village.zone, TOMORROW)]
    assert below == ["Xã Suối Mây"]


def test_search_needs_no_marks_and_stays_within_reach(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        reach = {village.suoi_may}
        assert [a.id for a in areas.search(session, "suoi may", reach, TODAY)] == [village.suoi_may]
        assert areas.search(session, "na may", reach, TODAY) == []
        assert areas.search(session, "%", reach, TODAY) == []


def test_names_fold_alike_whatever_the_keyboard_made_of_them() -> None:
    assert folded("Hoà") == folded("Hòa") == folded("HOA") == "hoa"
    assert folded("Đặc khu Côn Đảo") == "dac khu con dao"


def test_an_area_under_nothing_is_refused(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotFound):
        areas.add(
            session, kind=AreaKind.HAMLET, name="Bản Mới", parent_id="none", code=None, now=NOW
        )


def test_hours_come_from_the_province_and_a_commune_can_only_tighten(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        session.add(AreaWindow(area_id=village.na_may, start="06:00", end="07:00"))
        session.flush()
        found = areas.permitted_windows(session, [village.suoi_may, village.na_may], TODAY)
    assert found[village.suoi_may] == ALL_DAY
    assert found[village.na_may] == (Window("06:00", "07:00"),)
