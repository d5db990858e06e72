"""The report on paper: the form of an office, and the figures of the page."""

from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

from controller import verdict_ledger
from controller.areas import local_day
from controller.model import Area, AreaKind
from controller.printing.process import NoPaper, pdf
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, approve, ended, fleet, plan_all, register
from tests.controller.air import airings as airings_of
from tests.controller.village import OneKey, Village
from tests.web.browser import Browser
from web import official
from web.official import Official, date_line

DAY = {"ky": "khoang", "tu": f"{local_day(FIVE)}", "den": f"{local_day(FIVE)}"}


@pytest.fixture
def heard(store: Store, village: Village) -> None:
    """Two stations, of which one played all and one nobody knows of."""
    with store.writing() as session:
        stations = register(session, village.suoi_may, 2)
        approve(session, village, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings_of(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        verdict_ledger.apply(session, [(stations[0], ended(airing))], FIVE)


@pytest.mark.usefixtures("heard")
def test_the_paper_has_the_form_of_an_office_and_the_figures_of_the_page(
    browser: Browser, village: Village
) -> None:
    auditor = browser.signed_in(village.auditor)
    form = auditor.get(f"/bao-cao/van-ban/?{urlencode({**DAY, 'noi': village.suoi_may})}").text
    assert "ỦY BAN NHÂN DÂN\nXÃ SUỐI MÂY</textarea>" in form
    typed = {**DAY, "noi": village.suoi_may, "office": "ỦY BAN NHÂN DÂN\nXÃ SUỐI MÂY"}
    more = {"place": "Suối Mây", "signed_as": "CHỦ TỊCH", "number": "12/BC-UBND"}
    answer = auditor.get(f"/bao-cao/van-ban/pdf?{urlencode({**typed, **more})}")
    assert answer.content_type == "application/pdf"
    text = " ".join(PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())
    for wanted in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "XÃ SUỐI MÂY",
        "Số: 12/BC-UBND",
        "Suối Mây, ngày",
        "BÁO CÁO",
        "50,0%",
        "1 lượt còn chờ báo cáo",
        "CHỦ TỊCH",
    ):
        assert wanted in text, wanted


def test_margins_are_those_of_the_decree(browser: Browser, village: Village) -> None:
    answer = browser.signed_in(village.auditor).get("/bao-cao/van-ban/pdf")
    page = PdfReader(BytesIO(answer.data)).pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    starts: list[float] = []
    page.extract_text(
        visitor_text=lambda text, _, matrix, *__: starts.append(matrix[4]) if text.strip() else None
    )
    assert min(starts) >= 30 / 25.4 * 72 - 1, "at least 30 mm on the left"


def test_another_commune_gets_no_paper(browser: Browser, village: Village) -> None:
    stranger = browser.signed_in(village.stranger)
    for page in ("/bao-cao/van-ban/", "/bao-cao/van-ban/pdf"):
        assert stranger.get(f"{page}?noi={village.suoi_may}").status_code == 404


def test_what_is_typed_is_text_and_never_markup(browser: Browser, village: Village) -> None:
    asked = urlencode({"office": "<img src=x>&amp;", "signed_by": "{{ 7*7 }}"})
    answer = browser.signed_in(village.auditor).get(f"/bao-cao/van-ban/pdf?{asked}")
    text = " ".join(PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())
    assert "<img src=x>&amp;" in text
    assert "{{ 7*7 }}" in text


def test_nothing_is_fetched_for_it() -> None:
    made = pdf('<link rel="attachment" href="file:///etc/hostname"><p>Chữ</p>')
    assert list(PdfReader(BytesIO(made)).attachments) == []


def test_a_layout_that_takes_too_long_is_ended() -> None:
    with pytest.raises(NoPaper):
        pdf("<p>Chữ</p>", within_s=0.01)


def test_days_and_months_are_written_as_the_decree_says() -> None:
    assert date_line("Suối Mây", date(2026, 2, 5)) == "Suối Mây, ngày 05 tháng 02 năm 2026"
    assert date_line("Suối Mây", date(2026, 12, 15)) == "Suối Mây, ngày 15 tháng 12 năm 2026"
    assert date_line("Suối Mây", date(2026, 3, 1)) == "Suối Mây, ngày 01 tháng 3 năm 2026"


def test_an_office_that_is_no_committee_writes_its_own_words() -> None:
    zone = Area(name="Khu vực Văn Chấn", kind=AreaKind.ZONE)
    assert official.usual(zone).office == "KHU VỰC VĂN CHẤN"
    assert official.usual(None).office == ""
    assert official.given({"office": "A"}, Official(place="B")) == Official(office="A", place="B")
