"""Tuning on the spot: what is turned, whether the station has taken it, a quiet test, undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contract.messages import HourVolume, Sound
from contract.reports import Ack, Beat, SelfTested, State
from contract.states import Profile, ToneOutcome
from contract.windows import Window
from controller import orders, presence, self_tests, stations
from controller.model import AuditLine, SelfTest, StationPlan
from controller.plans import answered
from controller.station_sound import set_sound, sound_of
from tests.controller.air import plan_all
from tests.controller.foreign.maker import polling
from tests.controller.village import NOW, OneKey
from web.tuning_knobs import changes, knobs


@pytest.fixture
def technician(browser, village):
    return browser.signed_in(village.technician)


@pytest.fixture
def station(store, village):
    with store.writing() as session:
        made = stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW).station.id
        presence.take_states(session, [State(station=made, boot="b", online=True, at=NOW)], NOW)
        return made


def take(store, station):
    """The station accepts its newest plan."""
    with store.writing() as session:
        plan_all(session, OneKey())
        plan = session.get_one(StationPlan, station)
        answered(session, [Ack(station=station, topic="plan", of=plan.id, at=NOW)], NOW)


def turn(technician, station, what, value):
    return technician.post(f"/tram-loa/{station}/chinh", {"what": what, "value": value})


def test_each_thing_is_turned_and_the_controller_is_nudged(technician, store, station, nudges):
    assert f"/tram-loa/{station}/chinh" in technician.get(f"/tram-loa/{station}").text
    for what, value in (("volume", "65"), ("maximum", "80"), ("latency_ms", "40")):
        assert turn(technician, station, what, value).status_code == 303
    assert turn(technician, station, "profile", "horn").status_code == 303
    assert len(nudges) == 4
    with store.reading() as session:
        wanted = Sound(volume=65, maximum=80, latency_ms=40, profile=Profile.HORN)
        assert sound_of(session, station) == wanted
    page = technician.get(f"/tram-loa/{station}/chinh").text
    assert "Âm lượng: 65 %" in page
    assert "Tăng lên 70" in page
    assert "Bù trễ: 40 ms" in page
    assert page.count('aria-pressed="true"') == 1


def test_the_page_tells_when_the_station_has_taken_it(technician, store, station):
    def told():
        return technician.get(f"/tram-loa/{station}/chinh/nhan").text

    take(store, station)
    assert "Đã nhận" in told()
    assert "every 3s" in told()
    turn(technician, station, "volume", "65")
    assert "Đang gửi" in told()
    assert "every 1500ms" in told()
    assert "Chờ cụm loa nhận mức mới rồi thử" in told()
    take(store, station)
    assert "Đã nhận" in told()


def test_an_offline_station_says_so_and_offers_no_test(technician, store, station):
    take(store, station)
    turn(technician, station, "volume", "65")
    with store.writing() as session:
        presence.take_states(session, [State(station=station, boot="b", online=False, at=NOW)], NOW)
    page = technician.get(f"/tram-loa/{station}/chinh").text
    assert "cụm loa đang mất kết nối. Mức mới đã lưu" in page
    assert "Chưa nhận, mất kết nối" in page
    assert "Không thử được" in page
    assert 'id="test"' not in page


def test_a_test_is_ordered_and_its_result_is_told(technician, store, station):
    take(store, station)
    assert technician.post(f"/tram-loa/{station}/chinh/thu-loa", {}).status_code == 303
    told = technician.get(f"/tram-loa/{station}/chinh/nhan").text
    assert "Chưa có kết quả" in told
    assert "every 1500ms" in told
    with store.writing() as session:
        order = session.scalars(select(SelfTest.order_id)).one()
        result = SelfTested(
            order=order,
            outcome=ToneOutcome.SOUNDED,
            played_samples=240_000,
            total_samples=240_000,
            rest_ma=100,
            loud_ma=180,
        )
        self_tests.take(session, station, result, NOW)
    assert "có tăng khi phát" in technician.get(f"/tram-loa/{station}/chinh/nhan").text


def test_the_last_change_is_taken_back_and_audited(technician, store, station):
    path = f"/tram-loa/{station}/chinh"
    assert "Về mức trước" not in technician.get(path).text
    assert technician.post(f"{path}/ve-muc-truoc", {}).status_code == 409
    turn(technician, station, "volume", "65")
    turn(technician, station, "profile", "horn")
    page = technician.get(path).text
    assert "Về mức trước: kiểu loa: Theo cấu hình trên máy" in page
    seen = {"seen": page.partition('name="seen" value="')[2][:16]}
    assert technician.post(f"{path}/ve-muc-truoc", seen).status_code == 303
    twice = technician.post(f"{path}/ve-muc-truoc", seen)
    assert (twice.status_code, "Mức vừa được đổi" in twice.text) == (409, True)
    with store.reading() as session:
        assert sound_of(session, station) == Sound(volume=65)
        query = select(AuditLine).where(AuditLine.action == "station.sound").order_by(AuditLine.n)
        changed = [(line.before, line.after) for line in session.scalars(query)]
        assert changed[-1] == ({"profile": "horn"}, {"profile": None})


def test_what_cannot_be_is_told_and_kept_as_typed(technician, store, station):
    wrong = turn(technician, station, "latency_ms", "lâu")
    assert wrong.status_code == 422
    assert "Bù trễ âm thanh là số từ 0 đến 2000 ms." in wrong.text
    assert 'value="lâu"' in wrong.text
    assert turn(technician, station, "profile", "trumpet").status_code == 422
    assert turn(technician, station, "fade_in_ms", "100").status_code == 404
    with store.reading() as session:
        assert sound_of(session, station) == Sound()


def test_who_does_not_manage_the_station_has_no_such_page(officer, stranger, station):
    for someone in (officer, stranger):
        assert someone.get(f"/tram-loa/{station}/chinh").status_code == 404
        assert someone.get(f"/tram-loa/{station}/chinh/nhan").status_code == 404
        assert turn(someone, station, "volume", "65").status_code == 404
        for path in ("thu-loa", "ve-muc-truoc"):
            assert someone.post(f"/tram-loa/{station}/chinh/{path}", {}).status_code == 404


def test_a_box_of_another_maker_is_offered_its_volume_and_nothing_else(technician, village, store):
    with store.writing() as session:
        box = polling(session, village).box.station_id
    page = technician.get(f"/tram-loa/{box}/chinh").text
    assert "Mức tối đa" in page
    for absent in ("Bù trễ", "Kiểu loa", "Thử loa", "Đã nhận"):
        assert absent not in page
    assert turn(technician, box, "volume", "65").status_code == 303
    assert turn(technician, box, "profile", "horn").status_code == 404
    assert turn(technician, box, "latency_ms", "40").status_code == 404
    assert technician.post(f"/tram-loa/{box}/chinh/thu-loa", {}).status_code == 404
    assert technician.get(f"/tram-loa/{box}/chinh/nhan").status_code == 404


def test_the_form_of_the_sound_keeps_the_profile(technician, village, store, station):
    with store.writing() as session:
        set_sound(session, village.technician, station, Sound(profile=Profile.FM), now=NOW)
    path = f"/tram-loa/{station}/am-thanh"
    assert technician.fill(path, path, {"volume": "50"}).status_code == 303
    with store.reading() as session:
        assert sound_of(session, station) == Sound(volume=50, profile=Profile.FM)


def test_knobs_go_no_further_than_the_rules_of_the_sound():
    loud = HourVolume(hours=Window("05:00", "06:00"), percent=78)
    volume, maximum, delay = knobs(Sound(volume=78, maximum=80, hours=(loud,)), 50, foreign=False)
    assert (volume.less, volume.more) == (73, 80)
    assert volume.hint.startswith("Mức khi phát tin thường ngày. ")
    assert "Từ 05:00 đến 06:00 theo mức riêng 78 %" in volume.hint
    assert (maximum.less, maximum.more) == (78, 85)
    assert (delay.less, delay.more) == (None, 10)
    (own, _) = knobs(Sound(maximum=40), 90, foreign=True)
    assert (own.value, own.more) == (40, None)
    assert knobs(Sound(), None, foreign=True)[0].value == 100


def test_a_change_is_said_in_words():
    now = Sound(volume=60, maximum=80, latency_ms=20, profile=Profile.HORN, fade_in_ms=90)
    assert changes(now, Sound()) == (
        "âm lượng 60 %, tối đa 80 %, bù trễ 20 ms, kiểu loa: Loa nén trên cột, "
        "mục khác ở trang Âm thanh"
    )
    assert changes(Sound(), Sound(volume=60)) == "âm lượng theo máy"


def beat(store, station, volume, at):
    told = Beat(
        station=station,
        at=at,
        uptime_s=1,
        free_bytes=1,
        recordings=0,
        volume=volume,
        underruns=0,
        rss_bytes=1,
    )
    with store.writing() as session:
        presence.take_beats(session, [told], at)


def test_a_volume_that_an_order_holds_above_the_one_set_is_told_and_let_go(
    technician, store, station
):
    def told():
        return technician.get(f"/tram-loa/{station}/chinh/nhan").text

    turn(technician, station, "volume", "65")
    take(store, station)
    beat(store, station, 40, NOW)  # as it was when it took the plan: nothing to conclude
    assert "<strong>40 %</strong>." in told()
    assert "thắng" not in told()
    beat(store, station, 40, NOW + timedelta(seconds=30))
    assert "không phải 65 % như đặt ở đây: nó đang giữ một lệnh âm lượng" in told()
    path = f"/tram-loa/{station}/chinh/bo-lenh"
    assert path in told()
    assert technician.post(path, {}).status_code == 303
    with store.reading() as session:
        sent = session.scalars(select(AuditLine).where(AuditLine.action == "order.send")).one()
        assert sent.after == {"type": "volume", "percent": None}
    beat(store, station, 65, NOW + timedelta(minutes=1))
    assert "<strong>65 %</strong>." in told()
    assert path not in told()


def test_the_hour_and_the_maximum_are_no_order(technician, store, station, village):
    quiet = HourVolume(hours=Window(start="00:00", end="24:00"), percent=30)
    with store.writing() as session:
        wanted = Sound(volume=65, maximum=65, hours=(quiet,))
        set_sound(session, village.technician, station, wanted, now=NOW)
    take(store, station)
    beat(store, station, 30, NOW + timedelta(seconds=30))
    page = technician.get(f"/tram-loa/{station}/chinh").text
    assert "<strong>30 %</strong>." in page
    assert "thắng" not in page


def test_a_box_of_another_maker_under_an_order_says_so(technician, store, village):
    with store.writing() as session:
        station = polling(session, village).box.station_id
        orders.set_volume(session, village.technician, [station], 35, signer=OneKey(), now=NOW)
    page = technician.get(f"/tram-loa/{station}/chinh").text
    assert "lệnh âm lượng 35 % đang thắng" in page
