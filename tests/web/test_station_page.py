"""A station's page: what it does and why, for now, for a moment, for an airing; and its sound."""

from datetime import timedelta

import msgspec
import pytest

from contract.messages import HourVolume, Sound
from contract.reports import Decided, Line
from contract.stances import Decision, Doing, Hold, Stance, VolumeRule
from contract.states import AiringState, Cause, Class, Verdict
from contract.windows import Window
from controller import stations, why
from controller.model import Station, StationState, StationVerdict
from controller.station_sound import sound_of
from tests.controller.village import NOW
from tests.web.writing import airing_now, approved
from web import sound_form

HELD = Stance(doing=Doing.HELD, hold=Hold.CLOCK)
IDLE = Stance(doing=Doing.IDLE)


@pytest.fixture
def technician(browser, village):
    return browser.signed_in(village.technician)


@pytest.fixture
def station(store, village):
    with store.writing() as session:
        return stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW).station.id


def decide(store, station, *stances):
    with store.writing() as session:
        lines = [(at, Decided(stance=stance)) for at, stance in stances]
        why.take(
            session,
            [
                (station, Line(n=n, at=at, event=event), event.stance)
                for n, (at, event) in enumerate(lines, 1)
            ],
        )


def test_the_page_says_what_the_station_does_now_and_why(officer, store, station):
    assert "Không biết" in officer.get(f"/tram-loa/{station}").text
    with store.writing() as session:
        state = session.get_one(StationState, station)
        state.online, state.seen_at = True, NOW
        state.stance = msgspec.to_builtins(Decision(NOW, HELD))
    page = officer.get(f"/tram-loa/{station}").text
    assert "đồng hồ chưa đáng tin, chỉ phát tin khẩn cấp" in page
    assert f"/tram-loa/{station}/am-thanh" not in page


def test_for_a_chosen_moment_the_page_begins_with_what_was_done_then(officer, store, station):
    decide(store, station, (NOW - timedelta(hours=2), HELD), (NOW - timedelta(hours=1), IDLE))
    whole = officer.get(f"/tram-loa/{station}").text
    assert whole.index("Im lặng") < whole.index("Chưa phát")
    then = NOW - timedelta(minutes=90)
    local = (then + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M")
    page = officer.get(f"/tram-loa/{station}?luc={local}").text
    assert "Chưa phát" in page
    assert "Im lặng" not in page
    assert "Không đọc được thời điểm" in officer.get(f"/tram-loa/{station}?luc=mai").text


def test_for_an_airing_the_page_tells_what_the_station_did_meanwhile(
    officer, store, media, village, station
):
    decision = approved(store, media, village)
    airing_now(store, decision, village.suoi_may, AiringState.STARTED)
    with store.writing() as session:
        session.add(
            StationVerdict(
                airing_id="airing-1",
                station_id=station,
                verdict=Verdict.PARTIAL,
                cause=Cause.STOPPED,
                planned_at=NOW,
            )
        )
    playing = Stance(
        doing=Doing.PLAYING,
        airing="airing-1",
        cls=Class.NORMAL,
        volume=80,
        rule=VolumeRule.HOUR,
    )
    stopped = Stance(doing=Doing.IDLE, left="airing-1", cause=Cause.STOPPED, by="o-1")
    decide(store, station, (NOW, playing), (NOW + timedelta(seconds=20), stopped))
    page = officer.get(f"/tram-loa/{station}/vi-sao/airing-1").text
    assert "âm lượng 80 % (theo giờ trong ngày)" in page
    assert page.count("có lệnh dừng phát") == 2
    assert f"/tram-loa/{station}/vi-sao/airing-1" in officer.get("/dang-phat/airing-1").text
    assert officer.get(f"/tram-loa/{station}/vi-sao/airing-2").status_code == 404


def test_a_stranger_sees_nothing_of_it(stranger, station):
    for path in ("", "/vi-sao/airing-1", "/am-thanh"):
        assert stranger.get(f"/tram-loa/{station}{path}").status_code == 404


FIELDS = {
    "volume": "60",
    "maximum": "80",
    "emergency": "100",
    "hours": "05:00-06:00 40\n17:00 – 18:00: 70 %",
    "offset_ms": "300",
    "latency_ms": "120",
    "fade_in_ms": "50",
    "fade_out_ms": "400",
}


def test_a_technician_sets_the_sound_and_the_controller_is_nudged(
    technician, store, station, nudges
):
    form = technician.get(f"/tram-loa/{station}/am-thanh").text
    assert 'name="maximum" type="text" value="100"' in form
    answer = technician.post(f"/tram-loa/{station}/am-thanh", FIELDS)
    assert answer.status_code in {200, 303}
    assert nudges
    with store.reading() as session:
        assert sound_of(session, station) == Sound(
            volume=60,
            maximum=80,
            hours=(
                HourVolume(hours=Window("05:00", "06:00"), percent=40),
                HourVolume(hours=Window("17:00", "18:00"), percent=70),
            ),
            offset_ms=300,
            latency_ms=120,
            fade_out_ms=400,
        )


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("volume", "90", "Mức thường không được quá mức tối đa"),
        ("maximum", "to", "Mức tối đa là số từ 0 đến 100 %."),
        ("offset_ms", "9000", "Lệch giờ bắt đầu là số từ 0 đến 2000 ms."),
        ("hours", "sáng 40", "Không đọc được “sáng 40”"),
        ("hours", "06:00-05:00 40", "Khung giờ phải mở trước khi đóng"),
        ("hours", "05:00-07:00 40\n06:00-08:00 30", "chồng lên 06:00"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_is_kept(
    technician, station, field, value, told
):
    answer = technician.post(f"/tram-loa/{station}/am-thanh", {**FIELDS, field: value})
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="120"' in answer.text
    unset = technician.get(f"/tram-loa/{station}/am-thanh").text
    assert 'name="latency_ms" type="text" value="0"' in unset


def test_an_officer_may_not_set_the_sound(officer, station):
    assert officer.get(f"/tram-loa/{station}/am-thanh").status_code == 404
    assert officer.post(f"/tram-loa/{station}/am-thanh", FIELDS).status_code == 404


def test_a_sound_becomes_fields_and_the_same_sound_again():
    sound = Sound(volume=None, hours=(HourVolume(hours=Window("05:00", "06:00"), percent=40),))
    assert sound_form.sound_of(sound_form.of(sound)) == sound


def test_every_station_of_the_list_leads_to_its_page(officer, store, station):
    with store.reading() as session:
        assert session.get_one(Station, station).active
    assert f'href="/tram-loa/{station}"' in officer.get("/tram-loa/").text
