"""Attacks on the stations' door of a real broker: only a good certificate, only its own topics."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contract import topics
from controller.broker import mosquitto
from controller.broker.accounts import LAUNCHER, StationAccount
from controller.broker.configuration import StationDoor
from controller.demo.free_ports import any_free_port
from controller.identity.authority import Authority
from controller.identity.broker_files import broker_files
from controller.station_secret import hash_secret
from tests.controller.broker.conftest import SECRETS
from tests.controller.broker.running import Client, RunningBroker
from tests.controller.identity.boxes import Caller, Papers, context_for

NOW = datetime.now(UTC)
OURS, THEIRS = "sm-01", "nm-01"


class Place:
    """A broker with a door, its authority, and whoever comes to it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self._stack = folder, stack
        self.authority = Authority(folder / "identity", NOW)
        self.port = any_free_port()
        self.directory = folder / "broker"
        accounts = [
            StationAccount(OURS, hash_secret("x"), ("suoi-may",)),
            StationAccount(THEIRS, hash_secret("x"), ("na-may",)),
        ]
        door = StationDoor("127.0.0.1", self.port)
        mosquitto.prepare(self.directory, any_free_port(), SECRETS, accounts, door)
        self.revoke()
        self.broker = stack.enter_context(RunningBroker(self.directory, SECRETS[LAUNCHER]))

    def revoke(self, *serials: str) -> None:
        mosquitto.furnish(self.directory, broker_files(self.authority, serials, NOW))

    def papers(
        self, station: str, authority: Authority | None = None, now: datetime = NOW, **life: float
    ) -> Papers:
        folder = self.folder / f"box-{len(list(self.folder.iterdir()))}"
        return Papers(folder, authority or self.authority, station, now, **life)

    def call(self, papers: Papers | None, client_id: str = "", user: str = "") -> Caller:
        caller = Caller(self.port, context_for(self.authority, papers), client_id, user)
        self._stack.callback(caller.close)
        return caller


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with ExitStack() as stack:
        yield Place(tmp_path, stack)


def let_in(caller: Caller) -> bool:
    return caller.welcome is not None and not caller.welcome.is_failure


def test_a_station_with_its_certificate_reads_and_reports_its_own(place: Place) -> None:
    caller = place.call(place.papers(OURS))
    assert let_in(caller)
    assert all(caller.subscribe(topic) for topic in topics.for_station(OURS, ("suoi-may",)))
    assert caller.publish(f"tt/1/station/{OURS}/report")


@pytest.mark.parametrize("leaf", ["state", "report", "ack", "beat"])
def test_it_cannot_speak_for_another(place: Place, leaf: str) -> None:
    assert not place.call(place.papers(OURS)).publish(f"tt/1/station/{THEIRS}/{leaf}")


@pytest.mark.parametrize("topic", [
    f"tt/1/station/{OURS}/plan", "tt/1/area/suoi-may/emergency/e-1", "tt/1/area/suoi-may/order",
    "tt/1/server/roots", "tt/1/server/nudge",
])  # fmt: skip
def test_it_cannot_command(place: Place, topic: str) -> None:
    assert not place.call(place.papers(OURS)).publish(topic)


@pytest.mark.parametrize("filter_", [
    f"tt/1/station/{THEIRS}/plan", "tt/1/station/+/plan", "tt/1/#", "#", "tt/1/area/+/order",
    "tt/1/area/na-may/order", "$SYS/#", f"$share/ingest/tt/1/station/{THEIRS}/report",
])  # fmt: skip
def test_it_hears_nothing_that_is_not_its_own(place: Place, filter_: str) -> None:
    caller = place.call(place.papers(OURS))
    caller.subscribe(filter_)  # Mosquitto grants some filters, and delivers nothing by them
    other = place.call(place.papers(THEIRS))
    assert other.publish(f"tt/1/station/{THEIRS}/report", b"secret")
    server = Client(place.broker.port, "controller", SECRETS["controller"], "controller")
    for topic in (f"tt/1/station/{THEIRS}/plan", "tt/1/area/na-may/order"):
        server.publish(topic, b"secret")
    server.publish(f"tt/1/station/{OURS}/receipt", b"after")
    server.close()
    caller.subscribe(f"tt/1/station/{OURS}/receipt")  # answered after all that was on its way
    assert b"secret" not in [caller.got.get()[1] for _ in range(caller.got.qsize())]


def test_a_stolen_client_id_and_a_foreign_user_name_are_worth_nothing(place: Place) -> None:
    ours = place.call(place.papers(OURS))
    thief = place.call(place.papers(THEIRS), client_id=OURS, user=OURS)
    assert not thief.publish(f"tt/1/station/{OURS}/report")
    assert thief.publish(f"tt/1/station/{THEIRS}/report")
    assert not ours.lost.is_set()


def test_without_a_certificate_nobody_is_let_in(place: Place) -> None:
    assert not let_in(place.call(None, client_id=OURS, user=OURS))
    assert not let_in(place.call(None, user="controller"))


def test_the_certificate_of_another_authority_is_refused(place: Place) -> None:
    other = Authority(place.folder / "other", NOW)
    assert not let_in(place.call(place.papers(OURS, other)))


def test_an_ended_certificate_is_refused(place: Place) -> None:
    ended = place.papers(OURS, now=NOW - timedelta(days=100), days=90)
    assert not let_in(place.call(ended))


def test_a_certificate_that_begins_tomorrow_is_refused(place: Place) -> None:
    assert not let_in(place.call(place.papers(OURS, now=NOW + timedelta(days=3))))


def test_a_revoked_certificate_is_refused_once_the_broker_has_read_the_list(place: Place) -> None:
    old, new = place.papers(OURS), place.papers(OURS)
    assert let_in(place.call(old))
    place.revoke(old.serial)
    mosquitto.reload(place.broker.process.pid)
    refused = place.call(old)
    while let_in(refused):  # the broker reads its files a moment after the signal
        refused = place.call(old)
    assert let_in(place.call(new))


def test_a_server_certificate_is_no_station(place: Place) -> None:
    papers = place.papers(OURS)
    papers.certificate = place.authority.folder / "server.crt"
    papers.key = place.authority.folder / "server.key"
    assert not let_in(place.call(papers))


def test_a_station_does_not_take_another_station_for_the_server(place: Place) -> None:
    """A stolen box is no server, though the same authority signed it."""
    posing = place.papers(THEIRS)
    (place.directory / "server.crt").write_bytes(posing.certificate.read_bytes())
    (place.directory / "server.key").write_bytes(posing.key.read_bytes())
    place.broker.stop()
    place.broker.start()
    context = context_for(place.authority, place.papers(OURS))
    with (
        socket.create_connection(("127.0.0.1", place.port)) as bare,
        pytest.raises(ssl.SSLCertVerificationError, match="purpose"),
    ):
        context.wrap_socket(bare)
