"""The page of connections, and its workbook."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from controller import stations
from controller.model import StationGap, StationState
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def post(store: Store, village: Village) -> str:
    with store.writing() as session:
        made = stations.register(session, None, village.suoi_may, "Loa đình", now=NOW - 60 * DAY)
        state = session.get_one(StationState, made.station.id)
        state.online, state.seen_at = True, NOW
        gap = StationGap(station_id=made.station.id, since=NOW - 2 * DAY, until=NOW - DAY)
        session.add(gap)
        return made.station.id


def test_every_outage_is_listed_and_the_share_is_of_the_time_watched(officer: Browser) -> None:
    page = officer.get("/bao-cao/ket-noi/").text
    for said in ("Loa đình", "95,5%", "24 giờ 00 phút", "Từng lần mất kết nối"):
        assert said in page


def test_the_workbook_says_the_same(officer: Browser) -> None:
    book = openpyxl.load_workbook(BytesIO(officer.get("/bao-cao/ket-noi/bang-tinh").data))
    rows = list(book["Theo cụm loa"].iter_rows(min_row=4, values_only=True))
    assert rows[0][0] == "Loa đình"
    assert rows[0][4] == DAY.total_seconds()


def test_neighbours_see_nothing_of_it(stranger: Browser, village: Village) -> None:
    assert "Loa đình" not in stranger.get("/bao-cao/ket-noi/").text
    assert stranger.get(f"/bao-cao/ket-noi/?noi={village.suoi_may}").status_code == 404
