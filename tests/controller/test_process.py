"""The controller as a process, on a real broker: started, killed, started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from contract import codec, signing, topics
from contract.messages import Envelope, Plan
from controller.keys.files import FileSigner
from controller.model import StationPlan, WorkerBeat
from controller.store import Store, migrate
from tests.controller.air import approve_at, register
from tests.controller.village import Village, settle
from tests.fakes.broker import Broker, Server, wait_until

ROOT = Path(__file__).parents[2]
RSS_LIMIT_KB = 150 * 1024  # the bar of a small machine


class Town:
    """A data directory, a broker, and the controller as a child."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "var"
        self.data.mkdir()
        self.broker = Broker(folder)
        self.store = Store(f"sqlite:///{self.data / 'truyenthanh.db'}")
        migrate.upgrade(self.store)
        self.signer = FileSigner(self.data / "keys")
        with self.store.writing() as session:
            self.village: Village = settle(session)
            self.stations = register(session, self.village.suoi_may, 3)
        self.controller: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when its loop has looked at its rows."""
        environ = {key: value for key, value in os.environ.items() if not key.startswith("TT_")}
        environ |= {
            "TT_DATA": str(self.data),
            "TT_BROKER_URL": f"mqtt://controller@127.0.0.1:{self.broker.port}",
        }
        begun = datetime.now(UTC)
        self.controller = subprocess.Popen(
            [sys.executable, "-m", "controller", "run"], cwd=ROOT, env=environ
        )
        wait_until(lambda: self._beat_since(begun), "the controller does not come up", 30)

    def end(self, number: int) -> int:
        """Its exit code after a signal."""
        assert self.controller is not None
        self.controller.send_signal(number)
        code = self.controller.wait(timeout=15)
        self.controller = None
        return code

    def approve(self) -> None:
        """A bulletin for tomorrow at five, by another process than the controller."""
        with self.store.writing() as session:
            approve_at(session, self.village, self.signer, datetime.now(UTC))

    def versions(self) -> list[int]:
        with self.store.reading() as session:
            return list(session.scalars(select(StationPlan.version)))

    def opened(self, payload: bytes) -> Plan:
        return signing.verify(Plan, codec.decode(Envelope, payload), self.signer.trust)

    def close(self) -> None:
        if self.controller is not None:
            self.end(signal.SIGKILL)
        self.broker.kill()
        self.store.close()

    def _beat_since(self, begun: datetime) -> bool:
        with self.store.reading() as session:
            beat = session.scalars(select(WorkerBeat.at)).one_or_none()
        return beat is not None and beat >= begun


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


def wait_for_plans(server: Server, town: Town, version: int) -> set[str]:
    """The stations whose plan of this version was heard."""
    heard: set[str] = set()

    def is_wanted(topic: str, payload: bytes) -> bool:
        if topic.endswith("/plan") and payload:
            plan = town.opened(payload)
            if plan.seq >= version:
                heard.add(plan.station)
        return len(heard) == len(town.stations)

    server.wait_for(is_wanted, 30)
    return heard


def test_an_approval_reaches_the_stations_and_the_process_stays_small(town: Town) -> None:
    town.broker.start()
    town.start()
    others = Server(town.broker.port, "tt/1/station/+/plan", name="others")
    wait_for_plans(others, town, 1)
    town.approve()
    others.say(topics.NUDGE, b"")
    assert wait_for_plans(others, town, 2) == set(town.stations)
    assert town.controller is not None
    status = Path(f"/proc/{town.controller.pid}/status").read_text()
    (rss,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    assert int(rss.split()[1]) < RSS_LIMIT_KB
    others.close()
    assert town.end(signal.SIGTERM) == 0


def test_killed_between_plan_saved_and_plan_sent_nothing_is_lost(town: Town) -> None:
    town.broker.start()
    town.start()
    wait_until(lambda: town.versions() == [1, 1, 1], "no plans were made")
    town.broker.kill()
    town.approve()  # the broker is down at submit
    wait_until(lambda: town.versions() == [2, 2, 2], "the plans were not saved")
    assert town.end(signal.SIGKILL) == -signal.SIGKILL
    town.broker.start()
    others = Server(town.broker.port, "tt/1/station/+/plan", name="others")
    town.start()
    assert wait_for_plans(others, town, 2) == set(town.stations)
    assert town.versions() == [2, 2, 2], "and nothing was made twice"
    others.close()


def test_it_says_what_is_wrong_with_its_settings(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "controller", "run"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TT_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "TT_BROKER_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_users_of_the_machine_cannot_read_the_database(tmp_path: Path) -> None:
    database = tmp_path / "truyenthanh.db"
    environ = {**os.environ, "TT_DATA": str(tmp_path), "TT_BROKER_URL": "mqtt://127.0.0.1:1"}
    command = [sys.executable, "-m", "controller", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, umask=0o022) as controller:
        wait_until(database.exists, "no database", 30)
        assert database.stat().st_mode & 0o077 == 0
        controller.terminate()
