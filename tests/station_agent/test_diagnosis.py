"""A diagnosis by signed order: whole, without secrets, bounded, and brought over a bad link too."""

import http.server
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from contract.diagnosis import LIMIT, Diagnosis
from contract.reports import Diagnosed
from contract.settings import Secret
from station_agent import presence
from station_agent.actions import BringDiagnosis
from station_agent.diagnosis import bearer, recent_log
from station_agent.diagnosis.bearer import Bearer
from station_agent.diagnosis.bundle import Box as About
from station_agent.diagnosis.bundle import Seen, bundle
from station_agent.download import Media
from station_agent.events import DiagnosisEnded
from station_agent.health import Machine
from station_agent.inputs import Inbox
from station_agent.settings import Settings
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, Issuer, recording

SOUND = recording("tin", 60)


def settings(tmp_path: Path) -> Settings:
    return Settings(
        station="suoi-may-01",
        broker_url=Secret("mqtt://suoi-may-01:mat-khau-1@127.0.0.1"),
        media_url="http://ten:mat-khau-2@127.0.0.1/",
        secret=Secret("mat-khau-3"),
        trust=tmp_path / "trust.json",
        data=tmp_path,
        receivers="dtmf:*0123#A9,*0123#B9",
    )


@pytest.fixture
def about(tmp_path: Path) -> About:
    return About(versions={"agent": "1.2.3"}, settings=settings(tmp_path))


@pytest.fixture
def box(issuer: Issuer) -> Box:
    found = Box(issuer)
    found.take(issuer.plan((issuer.item("a", found.now + MINUTE, SOUND), SOUND)))
    found.wait(5 * MINUTE)
    return found


def seen(box: Box, tmp_path: Path) -> Seen:
    told = presence.online(box.state, "boot-1", box.moment)
    return Seen(box.state, told, presence.beat(box.state, Machine(tmp_path).measure(), box.moment))


def test_it_tells_what_was_decided_what_is_set_and_what_was_logged(
    box: Box, about: About, tmp_path: Path
) -> None:
    found = msgspec.json.decode(
        bundle("order-1", seen(box, tmp_path), about, ("một dòng",)), type=Diagnosis
    )
    assert (found.station, found.order, found.log) == ("suoi-may-01", "order-1", ("một dòng",))
    assert found.versions == {"agent": "1.2.3"}
    assert any(one.stance.airing == "a" for one in found.decisions)
    assert found.settings["volume"] == "100"
    assert found.last_line == box.state.last_line


def test_no_secret_is_in_it(box: Box, about: About, tmp_path: Path) -> None:
    line = "connecting to mqtt://suoi-may-01:mat-khau-1@127.0.0.1 with mat-khau-3"
    body = bundle("order-1", seen(box, tmp_path), about, (line,)).decode()
    for secret in ("mat-khau-1", "mat-khau-2", "mat-khau-3", "0123"):
        assert secret not in body


def test_a_long_log_is_cut_at_its_old_end(box: Box, about: About, tmp_path: Path) -> None:
    log = tuple(f"{n} {'ữ' * 300}" for n in range(recent_log.LINES))
    body = bundle("order-1", seen(box, tmp_path), about, log)
    assert LIMIT // 2 < len(body) <= LIMIT
    assert msgspec.json.decode(body, type=Diagnosis).log[-1] == log[-1]


def test_the_last_lines_of_the_log_are_kept_and_no_more() -> None:
    recent_log.begin()
    recent_log.begin()
    for n in range(recent_log.LINES + 5):
        logging.getLogger("thử").warning("dòng %d", n)
    lines = recent_log.lines()
    assert len(lines) == recent_log.LINES
    assert lines[-1].endswith(f"dòng {recent_log.LINES + 4}")


def test_the_order_is_obeyed_once_and_the_outcome_is_journalled(box: Box) -> None:
    order = box.issuer.diagnose()
    box.take(order)
    box.take(order)
    (asked,) = box.diagnoses
    assert asked.order == order.id
    box.tell(DiagnosisEnded(order=order.id, size=1_000))
    assert box.of(Diagnosed) == [Diagnosed(order=order.id, size=1_000)]


class Door(http.server.ThreadingHTTPServer):
    """Takes documents; the first `refusals` are answered with 503."""

    def __init__(self, refusals: int) -> None:
        super().__init__(("127.0.0.1", 0), _Hand)
        self.refusals, self.got = refusals, dict[str, bytes]()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Hand(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        door = self.server
        assert isinstance(door, Door)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        door.refusals -= 1
        if door.refusals < 0:
            door.got[self.path] = body
        self.send_response(503 if door.refusals >= 0 else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def door(request: pytest.FixtureRequest) -> Iterator[Door]:
    found = Door(request.param)
    yield found
    found.shutdown()
    found.server_close()


def brought(door: Door, box: Box, about: About, tmp_path: Path) -> DiagnosisEnded:
    inbox = Inbox()
    port = door.server_address[1]
    media = Media(f"http://127.0.0.1:{port}/", "suoi-may-01", Secret("x"))
    carrier = Bearer(about, media, inbox.put)
    now = seen(box, tmp_path)
    asked = BringDiagnosis(order="order-1", until=now.beat.at + timedelta(hours=1))
    carrier.bring(asked, now)
    ended = inbox.get(timeout=20)
    assert isinstance(ended, DiagnosisEnded)
    return ended


@pytest.mark.parametrize("door", [2], indirect=True)
def test_it_is_brought_also_when_the_server_is_busy_at_first(
    door: Door, box: Box, about: About, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bearer, "PAUSES_S", (0.0, 0.0, 0.0))
    ended = brought(door, box, about, tmp_path)
    assert ended == DiagnosisEnded(order="order-1", size=len(door.got["/diagnosis/order-1"]))


@pytest.mark.parametrize("door", [9], indirect=True)
def test_one_that_nobody_takes_is_told_as_such(
    door: Door, box: Box, about: About, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bearer, "PAUSES_S", (0.0,))
    assert "503" in brought(door, box, about, tmp_path).problem
