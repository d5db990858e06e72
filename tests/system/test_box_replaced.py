"""A box is replaced: what it began is not begun again, and what follows is heard from the next."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from contract.states import Class, Verdict
from controller import stations
from controller.demo import once
from controller.demo import road as roads
from controller.demo.free_ports import any_free_port
from controller.demo.layout import on_free_ports
from controller.demo.road import Road
from controller.demo.village import Village, running
from controller.identity import claims
from controller.identity.authority import Authority
from controller.identity.code import pin_of, spelled
from controller.media.disk import DiskMedia
from controller.model import Airing, Role, StationState, StationVerdict
from controller.permissions import Who
from controller.roots.chain_file import CHAIN
from controller.settings import Settings
from tests.system.conftest import ROOT
from tests.system.waves import decoded, likeness

pytestmark = pytest.mark.system

NOTICE = "Mời bà con trong xã đến nhà văn hóa họp thôn lúc tám giờ sáng mai."
WARNING = "Thông báo khẩn. Nước lên nhanh. Bà con ven suối lên cao ngay."
ONLINE_WITHIN_S = 30.0
AHEAD = timedelta(seconds=4)  # the plan is sent and the sound fetched: both are small


@dataclass
class Pole:
    """One station of a running village, which stations reach by its TLS doors only."""

    village: Village
    road: Road
    folder: Path
    stack: ExitStack
    station: str = field(init=False)

    def __post_init__(self) -> None:
        with self.village.store.writing() as session:
            made = stations.register(session, None, self.road.area, "Loa đầu xóm", now=once.clock())
            self.station = made.station.id

    def claim(self, box: str) -> None:
        """A technician's code makes this box the station, through the door for claims."""
        settings, home = self.village.layout.settings, self.folder / box
        technician = Who(self.road.officer.person_id, "", ((Role.TECHNICIAN, self.road.area),))
        with self.village.store.writing() as session:
            code = claims.make(session, technician, self.station, now=once.clock())
        word = spelled(code, pin_of(Authority(settings.identity, once.clock()).der))
        home.mkdir()
        own = {
            "trust": settings.keys.absolute() / CHAIN,
            "data": home / "data",
            "sink": "null",
            "capture": home / "capture",
        }
        (home / "station.toml").write_text("".join(f'{n} = "{v}"\n' for n, v in own.items()))
        self._agent(box, "claim", word, "--server", f"https://127.0.0.1:{settings.stations_port}",
                    "--papers", str(home / "papers")).wait()  # fmt: skip
        assert (home / "papers" / "box.key").exists()

    def start(self, box: str) -> subprocess.Popen[bytes]:
        """The box runs, until the test is over."""
        process = self._agent(box, "run")
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process

    def _agent(self, box: str, *words: str) -> subprocess.Popen[bytes]:
        config = ["--config", str(self.folder / box / "station.toml")]
        return subprocess.Popen(
            [sys.executable, "-m", "station_agent", *words, *config], cwd=ROOT, env={}
        )

    def online(self) -> bool:
        with self.village.store.reading() as session:
            known = session.get(StationState, self.station)
            return known is not None and known.online

    def waits(self, bulletin: str) -> Airing:
        """The airing of a bulletin that may be heard from now on."""
        roads.submit(self.road, bulletin, once.clock() + AHEAD)
        roads.approve(self.road, bulletin)
        self.village.nudge()
        return once.planned(self.village, self.road, bulletin)

    def verdict(self, airing: Airing) -> StationVerdict:
        assert once.judged(self.village, self.road, airing, 1)
        (told,) = roads.verdicts(self.road, airing.bulletin_id)
        return told

    def heard(self, box: str, airing: Airing) -> float:
        """How like its recording is what left this box."""
        media = DiskMedia(self.village.layout.settings.media)
        sound = decoded(self.folder / box / "capture" / f"{airing.id}-1.wav")
        return likeness(sound, decoded(media.recording(airing.recording_sha256)))

    def sounded(self, box: str) -> set[str]:
        """The airings of which something left this box."""
        found = (self.folder / box / "capture").glob("*.wav")
        return {file.stem.rpartition("-")[0] for file in found}


@pytest.fixture
def pole(tmp_path: Path) -> Iterator[Pole]:
    settings = structs.replace(
        Settings(),
        data=tmp_path / "village",
        stations_host="127.0.0.1",
        stations_port=any_free_port(),
        stations_broker_port=any_free_port(),
    )
    with running(on_free_ports(settings), (), "null") as village, ExitStack() as stack:
        yield Pole(village, once.road_of(village), tmp_path, stack)


def test_the_next_box_sounds_what_follows_and_nothing_twice(pole: Pole) -> None:
    wait = pole.village.supervisor.wait_until
    pole.claim("first")
    first = pole.start("first")
    assert wait(pole.online, ONLINE_WITHIN_S)
    texts = [(NOTICE, Class.NORMAL)] * 2 + [(WARNING, Class.EMERGENCY)]
    cut, after, warning = (once.voice(pole.village, pole.road, text, cls) for text, cls in texts)
    broken = pole.waits(cut)
    assert wait(lambda: broken.id in pole.sounded("first"), ONLINE_WITHIN_S)
    first.kill()
    first.wait()
    emergency = pole.waits(warning)
    pole.claim("second")
    pole.start("second")
    told = pole.verdict(emergency)
    assert (told.verdict, told.station_id) == (Verdict.AIRED, pole.station)
    assert pole.heard("second", emergency) >= 0.98

    pole.start("first")  # somebody hangs it up again
    following = pole.waits(after)
    assert pole.verdict(following).verdict == Verdict.AIRED
    assert pole.heard("second", following) >= 0.98
    assert pole.sounded("second") == {emergency.id, following.id}
    assert pole.sounded("first") == {broken.id}
    (untold,) = roads.verdicts(pole.road, cut)
    assert untold.verdict == Verdict.PENDING, "the box that began it has not told, and never will"
