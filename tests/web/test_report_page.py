"""The report: what was to be heard and what was, by place, subject and class, and as a workbook."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from contract.states import Cause
from controller import verdict_ledger
from controller.model import Bulletin
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, ended, fleet, plan_all, register
from tests.controller.village import OneKey, Village
from tests.web.browser import Browser
from web.report_cells import number, percent, span
from web.report_period import LONGEST, period

HERE = f"/bao-cao/?ky=khoang&tu={FIVE:%Y-%m-%d}&den={FIVE:%Y-%m-%d}"


@dataclass(frozen=True)
class Aired:
    """Codes of stations that played all, half, nothing, and that nobody knows of."""

    stations: list[str]


@pytest.fixture
def aired(store: Store, village: Village) -> Aired:
    with store.writing() as session:
        stations = register(session, village.suoi_may, 4)
        approve(session, village, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        airing.ends_at = airing.starts_at + timedelta(seconds=1)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        told = [
            (stations[0], ended(airing)),
            (stations[1], ended(airing, 24_000, Cause.STOPPED)),
            (stations[2], ended(airing, 0, Cause.POWER)),
        ]
        verdict_ledger.apply(session, told, FIVE)
        verdict_ledger.give_up_silent(session, FIVE + timedelta(days=11))
        session.scalars(select(Bulletin)).one().title = "=HYPERLINK(1)"
    return Aired(stations)


def test_what_nobody_knows_of_is_not_counted_as_played(
    browser: Browser, village: Village, aired: Aired
) -> None:
    page = browser.signed_in(village.auditor).get(HERE).text
    assert "37,5%" in page, "one and a half of four"
    assert "<dt>Chưa xác minh</dt><dd>1<" in page
    assert "mất điện" in page, "the reason in words"
    assert "Xã Suối Mây" in page


def test_a_place_leads_to_its_stations(browser: Browser, village: Village, aired: Aired) -> None:
    auditor = browser.signed_in(village.auditor)
    inside = auditor.get(f"{HERE}&noi={village.suoi_may}").text
    found = re.findall(r'<th scope="row"><a href="/tram-loa/([^"]+)"', inside)
    assert sorted(found) == sorted(aired.stations)


def test_another_commune_sees_nothing_of_it(
    browser: Browser, village: Village, aired: Aired
) -> None:
    stranger = browser.signed_in(village.stranger)
    assert "Chưa có lượt phát nào" in stranger.get(HERE).text
    assert stranger.get(f"{HERE}&noi={village.suoi_may}").status_code == 404
    assert stranger.get(f"/bao-cao/bang-tinh?noi={village.suoi_may}").status_code == 404


@pytest.mark.parametrize("narrowed", ["&linh-vuc=6", "&loai=1", "&tu=2020-01-01&den=2020-01-02"])
def test_what_is_not_sought_is_not_counted(
    browser: Browser, village: Village, aired: Aired, narrowed: str
) -> None:
    where = HERE if "tu=" not in narrowed else "/bao-cao/?ky=khoang"
    page = browser.signed_in(village.auditor).get(where + narrowed).text
    assert "Chưa có lượt phát nào" in page


def test_an_address_with_nonsense_is_the_report_of_this_month(
    browser: Browser, village: Village
) -> None:
    answer = browser.signed_in(village.auditor).get("/bao-cao/?ky=x&tu=y&den=9999-12-31&loai=z")
    assert answer.status_code == 200
    assert "Từ 01/11/2026 đến hết 30/11/2026" in answer.text


def test_the_workbook_says_the_same(browser: Browser, village: Village, aired: Aired) -> None:
    auditor = browser.signed_in(village.auditor)
    answer = auditor.get(f"{HERE.replace('/?', '/bang-tinh?')}&noi={village.suoi_may}")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == ["Nơi", "Lĩnh vực", "Loại tin", "Lý do", "Nội dung", "Cụm loa"]
    total = [cell.value for cell in book["Nơi"][4]]
    assert total == ["Tất cả", 4, 1, 1, 1, 0, 0, 1, 0, 0, 4, 1, 0.375]
    assert book["Nơi"]["A1"].value.startswith("Báo cáo phát thanh, Xã Suối Mây")
    assert len(list(book["Cụm loa"].rows)) == 3 + len(aired.stations)
    title = book["Nội dung"]["A4"]
    assert (title.value, title.data_type) == ("'=HYPERLINK(1)", "s")


DAYS = st.dates(date(2020, 1, 1), date(2039, 12, 31))


@given(DAYS, DAYS, DAYS, st.sampled_from(["hom-nay", "tuan", "thang", "quy", "khoang", ""]))
def test_every_period_is_whole_and_holds_today_unless_days_are_named(
    today: date, first: date, last: date, name: str
) -> None:
    found = period(name, first.isoformat(), last.isoformat(), today)
    assert found.first <= found.last <= found.first + LONGEST
    assert found.until - found.since == found.last - found.first + timedelta(days=1)
    if name == "khoang":
        assert found.first == min(first, last)
    else:
        assert found.first <= today <= found.last
    if name in ("thang", "quy"):
        assert (found.first.day, (found.last + timedelta(days=1)).day) == (1, 1)


def test_numbers_are_written_as_people_here_write_them() -> None:
    assert number(1234567) == "1.234.567"
    assert (percent(0.9999), percent(1.0)) == ("99,9%", "100,0%")
    assert (span(65), span(3 * 3600 + 61)) == ("1 phút 05 giây", "3 giờ 01 phút")
