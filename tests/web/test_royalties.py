"""The list of royalties: each work once, in the period in which it was first heard."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from contract.states import Cause
from controller import verdict_ledger
from controller.areas import local_day
from controller.store import Store
from scheduler.patterns import Daily
from scheduler.rules import Rule
from tests.controller.air import AT_FIVE, FIVE, airings, approve, ended, fleet, plan_all, register
from tests.controller.village import OneKey, Village
from tests.web.browser import Browser

DAY = local_day(FIVE)
HERE = "/bao-cao/nhuan-but/?ky=khoang"
TODAY = f"{HERE}&tu={DAY}&den={DAY}"
TOMORROW = f"{HERE}&tu={DAY + timedelta(days=1)}&den={DAY + timedelta(days=1)}"


@pytest.fixture
def heard(store: Store, village: Village) -> None:
    """A daily notice was heard today and tomorrow; another one was planned and missed."""
    daily = Rule(pattern=Daily(), times=AT_FIVE.times, valid_to=DAY + timedelta(days=2))
    with store.writing() as session:
        (station,) = register(session, village.suoi_may, 1)
        approve(session, village, OneKey(), rule=daily, title="Vệ sinh đường làng")
        plan_all(session, OneKey())
        for airing in airings(session)[:2]:
            at = airing.starts_at
            verdict_ledger.start_due(session, fleet(session, at), at)
            verdict_ledger.apply(session, [(station, ended(airing))], at)
        missed = approve(session, village, OneKey(), rule=AT_FIVE, title="Không ai nghe")
        plan_all(session, OneKey())
        verdict_ledger.start_due(session, fleet(session), FIVE)
        lost = [one for one in airings(session) if one.bulletin_id == missed.id]
        verdict_ledger.apply(session, [(station, ended(one, 0, Cause.POWER)) for one in lost], FIVE)


@pytest.mark.usefixtures("heard")
def test_a_work_counts_once_where_it_was_first_heard(browser: Browser, village: Village) -> None:
    auditor = browser.signed_in(village.auditor)
    page = auditor.get(TODAY).text
    assert "Vệ sinh đường làng" in page
    assert "12 chữ" in page
    assert "2 lần" in page
    assert "Không ai nghe" not in page, "what was not heard is not paid"
    assert "Vệ sinh đường làng" not in auditor.get(TOMORROW).text
    sheet = load_workbook(BytesIO(auditor.get(TODAY.replace("/?", "/bang-tinh?")).data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [(row[0], row[1], row[5], row[6]) for row in rows[3:]] == [
        ("Lan", "Vệ sinh đường làng", 2, 12)
    ]


@pytest.mark.usefixtures("heard")
def test_a_neighbour_sees_no_authors_of_others(browser: Browser, village: Village) -> None:
    stranger = browser.signed_in(village.stranger)
    assert "Chưa có bản tin nào" in stranger.get(TODAY).text
    for page in (TODAY, TODAY.replace("/?", "/bang-tinh?")):
        assert stranger.get(f"{page}&noi={village.suoi_may}").status_code == 404
