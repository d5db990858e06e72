"""The schedule page: what is heard when, in which place, and who may look."""

from datetime import timedelta

import pytest
from msgspec import structs

from contract.states import Cause, Class
from controller import areas, verdict_ledger
from controller.model import AreaKind, AreaWindow, Holiday
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, ended, fleet, plan_all, register
from tests.controller.village import DAILY, NOW, TODAY, OneKey, Village
from tests.web.browser import Browser

VIEWS = ("ngay", "tuan", "danh-sach")


@pytest.fixture
def posts(store: Store, village: Village) -> list[str]:
    """Two stations in Suối Mây, and one bulletin that they are to play at five today."""
    with store.writing() as session:
        made = register(session, village.suoi_may, 2)
        register(session, village.na_may, 1)
        approve(session, village, OneKey(), rule=AT_FIVE, title="Vệ sinh đường làng")
        plan_all(session, OneKey())
    return made


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_an_airing_with_its_time_its_state_and_the_lunar_day(
    officer: Browser, view: str
) -> None:
    page = officer.get(f"/lich/?xem={view}&ngay={TODAY}").text
    assert "Vệ sinh đường làng" in page
    assert "17:00" in page
    assert "Đã lên lịch" in page
    assert "Thứ Hai 23/11/2026 (15/10 âm lịch)" in page


@pytest.mark.usefixtures("posts")
def test_the_day_has_a_line_for_each_commune_and_the_airing_stands_in_one(
    browser: Browser, village: Village
) -> None:
    page = browser.signed_in(village.administrator).get(f"/lich/?ngay={TODAY}").text
    assert "Xã Suối Mây</a>" in page
    assert "Xã Nà Mây</a>" in page
    assert page.count("Vệ sinh đường làng") == 1


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize("view", VIEWS)
def test_a_neighbour_sees_neither_the_place_nor_its_airings(
    stranger: Browser, village: Village, view: str
) -> None:
    assert "Vệ sinh" not in stranger.get(f"/lich/?xem={view}&ngay={TODAY}").text
    foreign = stranger.get(f"/lich/?xem={view}&ngay={TODAY}&noi={village.suoi_may}")
    assert foreign.status_code == 404


def test_what_is_over_says_how_many_played_it(
    posts: list[str], officer: Browser, store: Store
) -> None:
    with store.writing() as session:
        (airing,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        told = [(posts[0], ended(airing)), (posts[1], ended(airing, 0, Cause.POWER))]
        verdict_ledger.apply(session, told, FIVE + timedelta(minutes=1))
        verdict_ledger.close_done(session)
    assert "1/2 cụm phát đủ" in officer.get(f"/lich/?ngay={TODAY}").text


def test_days_beyond_the_plan_are_foreseen_from_the_rule(
    officer: Browser, store: Store, village: Village
) -> None:
    with store.writing() as session:
        register(session, village.suoi_may, 1)
        rule = structs.replace(DAILY, valid_to=TODAY + timedelta(days=40))
        approve(session, village, OneKey(), rule=rule, title="Bản tin chiều")
        plan_all(session, OneKey())
    for days, foreseen in ((2, False), (20, True)):
        page = officer.get(f"/lich/?ngay={TODAY + timedelta(days=days)}").text
        assert page.count("Bản tin chiều") == 1
        assert ("Dự kiến</span>" in page) is foreseen
    week = officer.get(f"/lich/?xem=tuan&ngay={TODAY + timedelta(days=7)}").text
    assert week.count("Bản tin chiều") == 7  # planned and foreseen days meet without a gap
    assert "Bản tin chiều" not in officer.get(f"/lich/?ngay={TODAY + timedelta(days=41)}").text


@pytest.mark.usefixtures("posts")
def test_a_window_tells_its_minutes_taken_and_free(
    officer: Browser, store: Store, village: Village
) -> None:
    with store.writing() as session:
        session.add(AreaWindow(area_id=village.suoi_may, start="16:30", end="18:00"))
    assert "16:30–18:00: xếp 1 phút, còn 89" in officer.get(f"/lich/?ngay={TODAY}").text


def test_a_holiday_is_named(officer: Browser, store: Store) -> None:
    with store.writing() as session:
        session.merge(Holiday(day=TODAY, name="Ngày hội của bản"))
    for view in ("ngay", "tuan"):
        page = officer.get(f"/lich/?xem={view}&ngay={TODAY}").text
        assert "Nghỉ lễ: Ngày hội của bản" in page


@pytest.mark.usefixtures("posts")
def test_only_one_class_when_asked(officer: Browser) -> None:
    page = f"/lich/?ngay={TODAY}&loai="
    assert "Vệ sinh" not in officer.get(f"{page}{Class.PRIORITY.value}").text
    assert "Vệ sinh" in officer.get(f"{page}{Class.NORMAL.value}").text


@pytest.mark.parametrize(
    "odd", ["ngay=x", "ngay=0001-01-01", "ngay=9999-12-31", "xem=x", "loai=x", "trang=-1"]
)
@pytest.mark.parametrize("view", VIEWS)
def test_an_address_that_makes_no_sense_is_answered(officer: Browser, view: str, odd: str) -> None:
    assert officer.get(f"/lich/?xem={view}&{odd}").status_code == 200


def test_a_province_is_shown_some_places_at_a_time_or_all_for_paper(
    browser: Browser, store: Store, village: Village
) -> None:
    with store.writing() as session:
        for n in range(50):
            areas.add(
                session,
                kind=AreaKind.COMMUNE,
                name=f"Xã thêm {n:02d}",
                parent_id=village.province,
                code=None,
                now=NOW,
            )
    auditor = browser.signed_in(village.auditor)
    shown = [auditor.get(f"/lich/?trang={page}").text for page in ("1", "3", "tat-ca", "4")]
    assert [page.count('scope="row"') for page in shown] == [20, 12, 52, 0]
    assert "Nơi 41 đến 52 trên 52" in shown[1]


def test_a_full_hour_says_how_many_more_the_list_has(
    officer: Browser, store: Store, village: Village
) -> None:
    with store.writing() as session:
        register(session, village.suoi_may, 1)
        for n in range(8):
            approve(session, village, OneKey(), rule=AT_FIVE, title=f"Tin số {n}")
        plan_all(session, OneKey())
    assert "Xem thêm 2 lượt" in officer.get(f"/lich/?ngay={TODAY}").text
    listed = officer.get(f"/lich/?xem=danh-sach&ngay={TODAY}").text
    assert all(f"Tin số {n}" in listed for n in range(8))


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(("login", "moves"), [("officer", True), ("technician", False)])
def test_who_may_write_takes_an_airing_to_another_hour(
    browser: Browser, village: Village, login: str, *, moves: bool
) -> None:
    page = browser.signed_in(getattr(village, login)).get(f"/lich/?ngay={TODAY}").text
    assert ("data-moves" in page) is moves
    assert ("scripts/board.js" in page) is moves
    assert f'data-day="{TODAY}"' in page
