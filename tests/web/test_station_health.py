"""What stations measure, on pages: broken first with what to do, a day in lines, tests by order."""

import base64
import io
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from contract import codec, messages
from contract.reports import Beat, Line, Machine, Modem, SelfTested, Senses, State
from contract.states import ToneOutcome
from controller import alarms, presence, reporting, samples, stations
from controller.model import Alarm, AuditLine, Order
from tests.controller.test_self_tests import document
from tests.controller.village import NOW
from web import sparkline
from web.station_figures import number

MINUTE = timedelta(minutes=1)


@pytest.fixture
def made(store, village):
    with store.writing() as session:
        return stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)


@pytest.fixture
def station(made):
    return made.station.id


@pytest.fixture
def technician(browser, village):
    return browser.signed_in(village.technician)


def tell(store, station, *, at=NOW, troubles=(), **more):
    with store.writing() as session:
        state = State(station=station, boot="b", online=True, at=at, troubles=troubles)
        presence.take_states(session, [state], at)
        facts = {"uptime_s": 90_000, "free_bytes": 10**10, "recordings": 2, "volume": 80}
        facts |= {"underruns": 0, "rss_bytes": 40_000_000, **more}
        presence.take_beats(session, [Beat(station=station, at=at, **facts)], at)


def test_a_station_that_is_well_is_not_on_the_list(technician, store, station):
    tell(store, station, machine=Machine(cpu_c=50))
    assert "Loa chợ" not in technician.get("/tram-loa/can-xem").text


def test_the_broken_are_listed_with_what_is_wrong_and_what_to_do(technician, store, station):
    tell(store, station, troubles=("disk",), senses=Senses(mains=False, battery_v=11.2))
    page = technician.get("/tram-loa/can-xem").text
    assert page.index("Không ghi được vào thẻ nhớ") < page.index("Mất điện lưới")
    assert "Ắc quy yếu, 11,2 V" in page
    assert "Việc cần làm: Hỏi điện lực" in page
    assert "/tram-loa/can-xem" in technician.get("/tram-loa/").text


def test_the_gravest_station_comes_first(technician, store, village, station):
    with store.writing() as session:
        other = stations.register(session, None, village.suoi_may, "An Cửa", now=NOW).station.id
    tell(store, station, troubles=("disk",))
    tell(store, other, senses=Senses(door_open=True))
    page = technician.get("/tram-loa/can-xem").text
    assert page.index("Loa chợ") < page.index("An Cửa")


def test_a_silent_station_is_told_as_such(technician, store, station):
    tell(store, station, at=NOW - timedelta(hours=2))
    assert "Mất kết nối" in technician.get("/tram-loa/can-xem").text


def test_the_page_shows_what_is_told_and_a_day_in_lines(technician, store, station):
    modem = Modem(answers=True, sim="READY", network="home", operator="Viettel", dbm=-85)
    for minutes in (60, 40, 20, 0):
        machine = Machine(cpu_c=40 + minutes / 10, wear_percent=20)
        tell(store, station, at=NOW - minutes * MINUTE, machine=machine, modem=modem)
    page = technician.get(f"/tram-loa/{station}/suc-khoe").text
    for words in ("-85 dBm", "đã vào mạng · Viettel", "20 %", "Không thấy chỗ nào hỏng", "1 ngày"):
        assert words in page
    assert "Bộ xử lý trong 24 giờ: từ 40 đến 46 °C" in page
    assert "Ắc quy" not in page  # no board told of one
    assert f"/tram-loa/{station}/suc-khoe" in technician.get(f"/tram-loa/{station}").text


def test_before_the_first_beat_the_page_says_so(technician, station):
    assert "chưa gửi số đo nào" in technician.get(f"/tram-loa/{station}/suc-khoe").text


def test_whoever_only_looks_gives_no_orders(officer, store, station):
    page = officer.get(f"/tram-loa/{station}/suc-khoe")
    assert page.status_code == 200
    assert "Thử loa" not in page.text
    for act in ("thu-loa", "chan-doan"):
        assert officer.post(f"/tram-loa/{station}/suc-khoe/{act}", {}).status_code == 404
    with store.reading() as session:
        assert session.query(Order).count() == 0


def do(technician, station, act):
    """Press the button; the page that follows."""
    path = f"/tram-loa/{station}/suc-khoe"
    assert technician.fill(path, f"{path}/{act}", {}).status_code == 303
    return technician.get(path).text


def order_of(store):
    with store.reading() as session:
        (order,) = session.query(Order).all()
        return order.id


def test_a_self_test_is_ordered_and_its_result_is_shown(technician, store, station):
    page = do(technician, station, "thu-loa")
    assert "Chưa có kết quả" in page
    told = SelfTested(
        order=order_of(store),
        outcome=ToneOutcome.SOUNDED,
        played_samples=240_000,
        total_samples=240_000,
        rest_ma=120,
        loud_ma=410,
    )
    with store.writing() as session:
        reporting.act(session, [(station, Line(n=1, at=NOW, event=told))], NOW)
    page = technician.get(f"/tram-loa/{station}/suc-khoe").text
    assert "Đã phát hết âm thử" in page
    assert "5/5 giây" in page
    assert "120 → 410 mA: có tăng khi phát" in page


def test_a_diagnosis_is_asked_for_brought_by_the_station_and_downloaded(
    technician, officer, store, made
):
    station, path = made.station.id, f"/tram-loa/{made.station.id}/suc-khoe"
    page = do(technician, station, "chan-doan")
    assert "Đang chờ cụm loa" in page
    again = do(technician, station, "chan-doan")
    assert "Hãy chờ vài phút" in again
    order = order_of(store)

    def bring(secret, body):
        token = base64.b64encode(f"{station}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {token}"}
        return technician.app.test_client().post(f"/diagnosis/{order}", data=body, headers=headers)

    body = document(station, order)
    assert bring("wrong", body).status_code == 401
    assert technician.app.test_client().post(f"/diagnosis/{order}", data=body).status_code == 401
    assert bring(made.secret, b"x" * 300_000).status_code in {400, 413}
    assert bring(made.secret, b"{}").status_code == 400
    assert bring(made.secret, body).status_code == 200
    assert "Tải về" in technician.get(path).text
    answer = technician.get(f"{path}/chan-doan/{order}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert codec.decode(dict, answer.data)["log"] == ["một dòng"]
    assert officer.get(f"{path}/chan-doan/{order}").status_code == 404
    with store.reading() as session:
        assert session.query(AuditLine).filter_by(action="diagnosis.read").count() == 1
        assert session.query(AuditLine).filter_by(action="order.send").count() == 1


class Slow(io.BytesIO):
    """A body that comes while others have something to write."""

    def __init__(self, body, meanwhile):
        super().__init__(body)
        self.meanwhile = meanwhile

    def readinto(self, buffer):
        self.meanwhile()
        return super().readinto(buffer)


def test_who_sends_slowly_keeps_nobody_from_writing(technician, store, made):
    station, came = made.station.id, []
    do(technician, station, "chan-doan")
    body = document(station, order := order_of(store))

    def meanwhile():
        with store.writing() as session:
            session.execute(text("SELECT 1"))  # raises when another holds the one writer
        came.append(True)

    token = base64.b64encode(f"{station}:{made.secret}".encode()).decode()
    answer = technician.app.test_client().post(
        f"/diagnosis/{order}",
        input_stream=Slow(body, meanwhile),
        content_length=len(body),
        headers={"Authorization": f"Basic {token}"},
    )
    assert (answer.status_code, bool(came)) == (200, True)


def test_the_order_that_went_out_is_the_one_that_was_meant(technician, store, station):
    do(technician, station, "thu-loa")
    with store.reading() as session:
        (order,) = session.query(Order).all()
        envelope = codec.decode(messages.Envelope, order.envelope)
    assert b'"type":"self_test"' in base64.b64decode(envelope.payload)


@given(st.dictionaries(st.integers(0, 1_440), st.floats(-200, 1e6), max_size=60))
def test_a_line_stays_in_its_picture_and_is_not_drawn_over_silence(points):
    begin = NOW - samples.SHOWN
    dots = sorted((begin + minute * MINUTE, value) for minute, value in points.items())
    drawn = sparkline.line(dots, begin, NOW)
    if drawn is None:
        assert not points
        return
    words = drawn.path.replace("h0.5", "").replace("M", " ").replace("L", " ").split()
    across, down = [float(w) for w in words[::2]], [float(w) for w in words[1::2]]
    assert all(0 <= x <= sparkline.WIDTH for x in across)
    assert all(0 <= y <= sparkline.HEIGHT for y in down)
    gaps = sum(b[0] - a[0] > sparkline.GAP for a, b in pairwise(dots))
    assert drawn.path.count("M") == 1 + gaps


@pytest.mark.parametrize(
    ("value", "text"), [(12.14, "12,1"), (40.0, "40"), (9_876.5, "9876"), (-85, "-85")]
)
def test_numbers_are_written_as_people_here_do(value, text):
    assert number(value) == text


def happens(store, station, code="stray_airing", detail="Phát lượt lạ."):
    with store.writing() as session:
        alarms.sound_alarm(session, code, detail, NOW, station)


def test_what_happened_once_stays_on_the_list_until_a_technician_has_looked(
    technician, store, station
):
    tell(store, station)
    happens(store, station)
    happens(store, station)
    page = technician.get("/tram-loa/can-xem")
    assert "Phát lượt lạ." in page.text
    assert "2 lần" in page.text
    assert "Phát lượt lạ." in technician.get("/").text, "it is on the first page"
    technician.fill("/tram-loa/can-xem", f"/tram-loa/{station}/da-xem", {})
    page = technician.get("/tram-loa/can-xem").text
    assert "Đã ghi là đã xem" in page
    assert "Loa chợ" not in page
    happens(store, station)
    assert "Phát lượt lạ." in technician.get("/tram-loa/can-xem").text, "it is told anew"


def test_what_a_beat_will_say_again_cannot_be_put_aside(technician, store, station):
    tell(store, station, senses=Senses(mains=False))
    page = technician.get("/tram-loa/can-xem").text
    assert "Mất điện lưới" in page
    assert "Đã xem" not in page
    with store.reading() as session:
        alarm = session.scalars(select(Alarm)).one()
    answer = technician.post(f"/tram-loa/{station}/da-xem", {"viec": str(alarm.id)})
    assert answer.status_code == 404


def test_an_officer_reads_what_happened_but_puts_nothing_aside(browser, village, store, station):
    tell(store, station)
    happens(store, station)
    officer = browser.signed_in(village.officer)
    page = officer.get("/tram-loa/can-xem").text
    assert "Phát lượt lạ." in page
    assert "Đã xem" not in page
