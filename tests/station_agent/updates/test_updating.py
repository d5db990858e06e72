"""A station replaces its agent: launcher, two slots, a signed repository, a real broker."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from contract import codec
from contract.messages import AgentWanted
from contract.reports import AgentStep, Receipt, Report, State
from contract.states import AgentPhase
from deploy import agent
from station_agent.updates import launcher
from tests.controller.releases.conftest import Office
from tests.fakes.broker import Broker, Server
from tests.fakes.folder_server import served
from tests.fakes.issuer import STATION, Issuer

ROOT = Path(__file__).resolve().parents[3]
NEW = "9.1.0"


def sources(folder: Path, version: str, *changes: tuple[str, str, str]) -> Path:
    """An agent of these sources that calls itself `version`; `changes`: file, old and new."""
    for name in agent.PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    edit(folder / "contract/__init__.py", r'__version__ = ".*"', f'__version__ = "{version}"')
    # ten minutes of proof are two seconds here
    edit(folder / "station_agent/updates/care.py", r"PROOF_NS = \S+", "PROOF_NS = 2_000_000_000")
    for file, old, new in changes:
        edit(folder / "station_agent" / file, re.escape(old), new)
    built = folder / "built.pyz"
    agent.build(built, folder)
    return built


def edit(file: Path, pattern: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    changed, count = re.subn(pattern, new, text)
    assert count == 1, file
    file.write_text(changed, encoding="utf-8")


class Post:
    """A station as systemd keeps it: started by the launcher, again and again."""

    def __init__(self, folder: Path, broker: Broker, url: str, office: Office) -> None:
        self.folder, self.office = folder, office
        self.issuer = Issuer(datetime.now(UTC) - timedelta(seconds=1))
        trust, root = folder / "trust.json", folder / "root.json"
        trust.write_bytes(msgspec.json.encode(self.issuer.trust))
        root.write_bytes(office.repository.root())
        self.config = folder / "station.toml"
        self.config.write_text(
            f'station = "{STATION}"\nbroker_url = "mqtt://127.0.0.1:{broker.port}"\n'
            f'media_url = "{url}"\nsecret = "bí mật"\ntrust = "{trust}"\n'
            f'data = "{folder / "data"}"\nupdates_url = "{url}"\nupdates_root = "{root}"\n'
        )
        self.installed, self.state = folder / "installed", folder / "updates"
        (self.installed / "first").mkdir(parents=True)
        self.state.mkdir()
        shutil.copyfile(ROOT / "station_agent/updates/launcher.py", self.installed / "launcher.py")
        first = sources(folder / "old", "1.0.0")
        shutil.copyfile(first, self.installed / "first" / launcher.AGENT)
        self.server = Server(broker.port, f"tt/1/station/{STATION}/+")
        self.process: subprocess.Popen[bytes] | None = None
        self.told = 0
        self.steps: list[AgentStep] = []

    def start(self) -> None:
        command = [sys.executable, str(self.installed / "launcher.py"), "run"]
        environ = {k: v for k, v in os.environ.items() if not k.startswith("TT_")}
        places = {"STATION_INSTALLED": str(self.installed), "STATION_UPDATES": str(self.state)}
        self.process = subprocess.Popen(
            [*command, "--config", str(self.config)], cwd=self.folder, env={**environ, **places}
        )

    def ended(self, timeout_s: float = 60) -> int:
        assert self.process is not None
        return self.process.wait(timeout_s)

    def running(self) -> str:
        """The version of the agent that comes up."""
        while True:
            payload = self.server.wait_for(lambda t, _: t.endswith("/state"), 30)
            state = codec.decode(State, payload)
            if state.online:
                return state.agent

    def want(self, version: str) -> None:
        wanted = AgentWanted(version=version, not_before=self.issuer.now)
        plan = self.issuer.plan(agent=wanted)
        self.server.say(f"tt/1/station/{STATION}/plan", self.issuer.write(plan), retain=True)

    def step(self) -> AgentStep:
        """The next line about the agent, with receipts as the server gives them."""
        while not self.steps:
            payload = self.server.wait_for(lambda t, _: t.endswith("/report"), 60)
            report = codec.decode(Report, payload)
            receipt = Receipt(station=STATION, journal=report.journal, through=report.lines[-1].n)
            self.server.say(f"tt/1/station/{STATION}/receipt", codec.encode(receipt))
            new = [line for line in report.lines if line.n > self.told]
            self.told = max([self.told, *(line.n for line in new)])
            self.steps += [line.event for line in new if isinstance(line.event, AgentStep)]
        return self.steps.pop(0)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.server.close()


@pytest.fixture
def post(tmp_path: Path, broker: Broker) -> Iterator[Post]:
    office = Office(tmp_path / "releases")
    office.open()
    with served(office.folder) as url:
        found = Post(tmp_path, broker, url, office)
        yield found
        found.close()


def test_a_new_agent_is_fetched_tried_and_kept(post: Post, tmp_path: Path) -> None:
    post.office.add(NEW, sources(tmp_path / "new", NEW).read_bytes())
    post.start()
    assert post.running() == "1.0.0"
    post.want(NEW)
    assert post.step() == AgentStep(phase=AgentPhase.STAGED, version=NEW)
    assert post.ended() == 0  # it makes way
    post.start()  # as systemd does
    assert post.step() == AgentStep(phase=AgentPhase.TRIED, version=NEW)
    assert post.step() == AgentStep(phase=AgentPhase.KEPT, version=NEW)
    assert launcher.read(post.state / "current") == {"slot": "a"}
    assert not (post.state / "trial").exists()


def test_an_agent_that_does_not_start_is_given_up_and_told(post: Post, tmp_path: Path) -> None:
    change = ("app.py", "import signal\n", "import no_such_library\n")
    broken = sources(tmp_path / "new", NEW, change)
    post.office.add(NEW, broken.read_bytes())
    post.start()
    post.want(NEW)
    assert post.step().phase is AgentPhase.STAGED
    assert post.ended() == 0
    for _ in range(launcher.TRIES):
        post.start()
        assert post.ended() != 0
    post.start()
    given_up = post.step()
    assert (given_up.phase, given_up.version) == (AgentPhase.GIVEN_UP, NEW)
    assert post.process is not None
    assert post.process.poll() is None


def test_an_agent_whose_player_is_mute_goes_back_by_itself(post: Post, tmp_path: Path) -> None:
    change = ("player/__main__.py", "def main(", "def main_of_yesterday(")
    mute = sources(tmp_path / "new", NEW, change)
    post.office.add(NEW, mute.read_bytes())
    post.start()
    post.want(NEW)
    assert post.step().phase is AgentPhase.STAGED
    assert post.ended() == 0
    post.start()
    assert post.ended() == 0
    post.start()
    assert post.step().phase is AgentPhase.TRIED
    given_up = post.step()
    assert given_up.phase is AgentPhase.GIVEN_UP
    assert "Bộ phát" in given_up.detail
