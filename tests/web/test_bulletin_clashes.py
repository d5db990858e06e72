"""Who will hear what is shown on the form, to the author and to who approves it."""

from datetime import time

import pytest

from contract.states import Class
from controller import planning, stations
from controller.fleet import read_fleet
from controller.media.disk import DiskMedia
from controller.model import Bulletin
from controller.store import Store
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.village import NOW, TODAY, Village
from tests.web.browser import Browser
from tests.web.writing import approved, sent


@pytest.fixture
def village_on_air(store: Store, media: DiskMedia, village: Village) -> Village:
    """A daily priority bulletin at five on two stations of Suối Mây."""
    with store.writing() as session:
        for number in (1, 2):
            stations.register(session, None, village.suoi_may, f"Loa số {number}", now=NOW)
    approved(store, media, village, cls=Class.PRIORITY, title="Họp dân")
    with store.writing() as session:
        planning.reconcile(session, read_fleet(session, TODAY), NOW)
    return village


def typed(village: Village, time: str) -> dict[str, object]:
    return {
        "kind": "text",
        "text": "Sáng mai tiêm phòng.",
        "repeat": "once",
        "day": TODAY.isoformat(),
        "time": time,
        "targets": [village.suoi_may],
        "cls": "3",
    }


def test_the_form_tells_who_hears_what_and_saves_nothing(
    officer: Browser, store: Store, village_on_air: Village
) -> None:
    beside = officer.post("/ban-tin/soan/ai-nghe-gi", typed(village_on_air, "18:00"))
    assert "2 cụm loa</strong> nghe bản tin này lúc 18:00" in beside.text
    same = officer.post("/ban-tin/soan/ai-nghe-gi", typed(village_on_air, "17:00"))
    assert "2 cụm loa</strong> nghe “Họp dân” (ưu tiên) trước" in same.text
    assert "Sáng mai tiêm phòng." in same.text, "what was typed is kept"
    with store.reading() as session:
        assert session.query(Bulletin).count() == 1


def test_a_time_that_cannot_be_read_is_told(officer: Browser, village_on_air: Village) -> None:
    wrong = officer.post("/ban-tin/soan/ai-nghe-gi", typed(village_on_air, "mai"))
    assert "Chưa xem được" in wrong.text


def test_who_approves_sees_it_too(
    approver: Browser, store: Store, media: DiskMedia, village_on_air: Village
) -> None:
    bulletin = sent(store, media, village_on_air, title="Tiêm phòng")
    shown = approver.get(f"/duyet/{bulletin}").text
    assert "2 cụm loa</strong> nghe “Họp dân” (ưu tiên) trước" in shown


def test_of_a_bulletin_elsewhere_nothing_is_told(
    stranger: Browser, store: Store, media: DiskMedia, village_on_air: Village
) -> None:
    bulletin = sent(store, media, village_on_air)
    page = f"/ban-tin/{bulletin}/ai-nghe-gi"
    assert stranger.post(page, typed(village_on_air, "18:00")).status_code == 404


def test_the_nearest_free_hour_is_one_tap_away(officer: Browser, village_on_air: Village) -> None:
    page = "/ban-tin/soan/ai-nghe-gi"
    same = officer.post(page, typed(village_on_air, "17:00"))
    assert 'name="free_hour" value="17:15"' in same.text
    moved = officer.post(page, {**typed(village_on_air, "17:00"), "free_hour": "17:15"}).text
    assert "2 cụm loa</strong> nghe bản tin này lúc 17:15" in moved
    assert 'value="17:15"' in moved
    assert "free_hour" not in moved


def test_where_nobody_is_hindered_no_other_hour_is_offered(
    officer: Browser, village_on_air: Village
) -> None:
    beside = officer.post("/ban-tin/soan/ai-nghe-gi", typed(village_on_air, "18:00"))
    assert "free_hour" not in beside.text


def test_right_behind_what_it_meets_is_one_tap_away(
    officer: Browser, village_on_air: Village
) -> None:
    page = "/ban-tin/soan/ai-nghe-gi"
    same = officer.post(page, typed(village_on_air, "17:00")).text
    assert "Phát nối tiếp lúc 17:01" in same
    moved = officer.post(page, {**typed(village_on_air, "17:00"), "free_hour": "17:01"}).text
    assert "2 cụm loa</strong> nghe bản tin này lúc 17:01" in moved


def test_a_repeated_notice_leaves_out_the_only_day_on_which_it_meets_another(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    once = Rule(pattern=Once(TODAY), times=(time(17),))
    approved(store, media, village, title="Mừng thọ", rule=once)
    page = "/ban-tin/soan/ai-nghe-gi"
    daily = {**typed(village, "17:00"), "repeat": "daily", "first": TODAY.isoformat()}
    met = officer.post(page, daily).text
    today = f"{TODAY:%d/%m/%Y}"
    assert f"Bỏ ngày {today}" in met
    left = officer.post(page, {**daily, "without": today}).text
    assert f'name="skips" value="{today}"' in left
    assert "Bỏ ngày" not in left
