"""The day of a station, and why it sounded or not in one minute of it."""

from datetime import timedelta

import pytest

from contract.states import AiringState, Cause, Verdict
from controller import stations
from controller.model import (
    Airing,
    AreaWindow,
    Station,
    StationGap,
    StationPlan,
    StationState,
    StationVerdict,
)
from tests.controller.village import NOW
from tests.web.writing import airing_now, approved

NINE = "?ngay=2026-11-23&gio=09:00"


@pytest.fixture
def station(store, village):
    with store.writing() as session:
        made = stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW).station.id
        session.flush()
        state = session.get_one(StationState, made)
        state.online, state.seen_at = True, NOW + timedelta(hours=1)
        return made


@pytest.fixture
def airing(store, media, village, station):
    """Two minutes from nine o'clock on."""
    decision = approved(store, media, village)
    return airing_now(store, decision, village.suoi_may, AiringState.STARTED)


def judge(store, of, verdict, cause, *, heard=None):
    with store.writing() as session:
        session.add(
            StationVerdict(
                airing_id=of[0],
                station_id=of[1],
                verdict=verdict,
                cause=cause,
                planned_at=NOW,
                started_at=NOW if heard else None,
                ended_at=NOW + heard if heard else None,
            )
        )


def test_the_day_shows_what_was_due_what_sounded_and_when_it_was_away(
    officer, store, airing, station
):
    judge(store, (airing, station), Verdict.PARTIAL, Cause.STOPPED, heard=timedelta(seconds=90))
    with store.writing() as session:
        away = NOW - timedelta(hours=2)
        session.add(StationGap(station_id=station, since=away, until=away + timedelta(minutes=20)))
    page = officer.get(f"/tram-loa/{station}").text
    assert page.count('<rect class="bar') == 3
    assert "09:00–09:01" in page
    assert "có lệnh dừng phát" in page
    assert "07:00–07:20" in page
    assert f"/tram-loa/{station}/vi-sao/{airing}" in page
    other = officer.get(f"/tram-loa/{station}?ngay=2026-11-22").text
    assert "không có lượt phát nào và không mất kết nối" in other
    assert '<rect class="bar' not in other
    assert "22/11/2026" in other
    assert "23/11/2026" in officer.get(f"/tram-loa/{station}?ngay=hom-nay").text


def test_a_minute_that_sounded_names_it(officer, store, airing, station):
    judge(store, (airing, station), Verdict.AIRED, Cause.FINISHED, heard=timedelta(seconds=90))
    page = officer.get(f"/tram-loa/{station}/vi-sao{NINE}").text
    assert "09:00 ngày 23/11/2026: có phát" in page
    assert "Lịch tiêm chủng" in page
    late = officer.get(f"/tram-loa/{station}/vi-sao{NINE}".replace("09:00", "09:05")).text
    assert "không phát" in late
    assert "Không có lượt phát nào được xếp" in late


def test_a_silent_minute_says_why(officer, store, clock, airing, station):
    url = f"/tram-loa/{station}/vi-sao{NINE}"
    judge(store, (airing, station), Verdict.SKIPPED, Cause.DISPLACED)
    page = officer.get(url).text
    assert "không phát" in page
    assert "nhường cho bản tin ưu tiên hơn" in page
    with store.writing() as session:
        session.delete(session.get_one(StationVerdict, (airing, station)))
        row = session.get_one(Airing, airing)
        place = session.get_one(Station, station).area_id
        row.state, row.reason = AiringState.REFUSED, "Trùng giờ với tin ưu tiên."
        session.add(AreaWindow(area_id=place, start="17:00", end="18:00"))
        session.add(StationGap(station_id=station, since=NOW - timedelta(minutes=9)))
    clock.move(timedelta(minutes=10))
    page = officer.get(url).text
    for said in (
        "Không xếp được lịch",
        "Trùng giờ với tin ưu tiên.",
        "Ngoài khung giờ được phát",
        "Máy chủ không nghe thấy cụm loa",
    ):
        assert said in page
    with store.writing() as session:
        facts = {"id": "p", "epoch": 1, "version": 2, "content_hash": "x", "envelope": b""}
        times = {"made_at": NOW, "expires_at": NOW + timedelta(days=10)}
        session.add(StationPlan(station_id=station, refused="clock_unsure", **facts, **times))
    assert "đồng hồ cụm loa chưa đáng tin" in officer.get(url).text
    assert "chưa đến" in officer.get(url.replace("09:00", "23:00")).text


@pytest.mark.parametrize("asked", ["?ngay=mai&gio=9", "?ngay=9999-12-31&gio=23:59", "?gio=25:00"])
def test_a_time_that_cannot_be_read_keeps_the_form(officer, station, asked):
    page = officer.get(f"/tram-loa/{station}/vi-sao{asked}").text
    assert "Không đọc được thời điểm" in page
    assert "Hỏi" in page


def test_a_stranger_asks_in_vain(stranger, station):
    assert stranger.get(f"/tram-loa/{station}/vi-sao{NINE}").status_code == 404
