"""The watchdog is fed by a loop whose parts answer; a hung part stops the feed, or is replaced."""

import os
import signal
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station_agent.player_care import ANSWERS_WITHIN_NS
from station_agent.state import AgentState
from station_agent.watchdog import RIG_NS, START_NS, Watchdog, missing, notifier, status
from tests.fakes.box_world import Box
from tests.fakes.broker import Broker, wait_until
from tests.fakes.issuer import MINUTE, Issuer
from tests.fakes.media import MediaServer
from tests.fakes.station import Station

SECOND_NS = 1_000_000_000


@pytest.fixture
def state(issuer: Issuer) -> AgentState:
    box = Box(issuer)
    box.wait(MINUTE)
    return box.state


def test_a_player_that_answers_is_well(state: AgentState) -> None:
    now = state.player_heard_ns + SECOND_NS
    assert missing(state, None, 0, now) == ""


def test_a_silent_player_is_missed(state: AgentState) -> None:
    now = state.player_heard_ns + ANSWERS_WITHIN_NS + 1
    assert missing(state, None, 0, now) == "bộ phát không trả lời"
    assert missing(state, None, now - START_NS + 1, now) == ""  # it is still loading


def test_a_rig_that_hangs_is_missed(state: AgentState) -> None:
    now = state.player_heard_ns
    assert missing(state, now - RIG_NS, 0, now) == ""
    assert missing(state, now - RIG_NS - 1, 0, now) == "bộ điều khiển thiết bị không trả lời"


def test_an_idle_player_that_hangs_is_found_and_replaced(issuer: Issuer) -> None:
    box = Box(issuer)
    box.wait(timedelta(minutes=10))
    assert box.players == 1  # one that answers is left alone
    box.player.trigger_hang()
    box.wait(timedelta(seconds=20))
    assert box.players == 2
    assert not box.player.silent


def test_it_is_ready_once_and_fed_at_most_once_a_second(state: AgentState) -> None:
    sent: list[str] = []
    dog = Watchdog(lambda message: sent.append(message.decode()), woke_ns=0)
    now = state.player_heard_ns
    for step in range(6):
        dog.look(state, None, now + step * SECOND_NS // 2)
    assert sent[0].splitlines() == ["WATCHDOG=1", "READY=1", "STATUS=Chưa có lịch phát"]
    assert sent[1:] == ["WATCHDOG=1", "WATCHDOG=1"]


def test_trouble_is_told_and_not_fed(state: AgentState) -> None:
    sent: list[str] = []
    dog = Watchdog(lambda message: sent.append(message.decode()), woke_ns=0)
    dog.look(state, None, state.player_heard_ns + ANSWERS_WITHIN_NS + SECOND_NS)
    assert sent == ["STATUS=Lỗi: bộ phát không trả lời"]


def test_the_status_says_what_the_station_does(issuer: Issuer) -> None:
    box = Box(issuer)
    assert status(box.state, "") == "Chưa có lịch phát"
    box.take(issuer.plan())
    assert status(box.state, "").startswith("Sẵn sàng")


def test_without_a_service_manager_nothing_is_sent() -> None:
    notifier({})(b"READY=1")


def test_an_abstract_socket_is_reached() -> None:
    name = f"tt-notify-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0" + name)
        manager.settimeout(5)
        notifier({"NOTIFY_SOCKET": "@" + name})(b"READY=1")
        assert manager.recv(100) == b"READY=1"


class Manager:
    """A service manager's end of the socket."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))

    def wait_for(self, word: str, timeout_s: float = 40) -> str:
        self.socket.settimeout(timeout_s)
        while True:
            said = self.socket.recv(4096).decode()
            if word in said:
                return said

    def drain(self) -> None:
        self.socket.setblocking(False)
        while True:
            try:
                self.socket.recv(4096)
            except BlockingIOError:
                return


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    found = Manager(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", str(found.path))
    yield found
    found.socket.close()


@pytest.fixture
def station(
    tmp_path: Path, broker: Broker, media: MediaServer, manager: Manager
) -> Iterator[Station]:
    found = Station(tmp_path, broker, media, Issuer())
    yield found
    if found.process is not None:
        found.process.kill()
        found.process.wait()
    found.server.close()


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def test_a_real_station_is_ready_feeds_and_replaces_a_frozen_player(
    station: Station, manager: Manager
) -> None:
    station.start()
    assert station.process is not None
    assert "WATCHDOG=1" in manager.wait_for("READY=1")
    (player,) = children(station.process.pid)
    os.kill(player, signal.SIGSTOP)
    wait_until(
        lambda: children(station.process.pid) not in ([player], []),  # type: ignore[union-attr]
        "the frozen player is still there",
        30,
    )
    manager.drain()
    manager.wait_for("WATCHDOG=1")
    station.stop()
    assert manager.wait_for("STOPPING=1", 5)


def test_a_frozen_agent_feeds_nothing(station: Station, manager: Manager) -> None:
    station.start()
    assert station.process is not None
    manager.wait_for("READY=1")
    station.process.send_signal(signal.SIGSTOP)
    manager.drain()
    with pytest.raises(TimeoutError):
        manager.wait_for("WATCHDOG=1", 3)
    station.process.send_signal(signal.SIGCONT)
    manager.wait_for("WATCHDOG=1")
