"""A commune's radio: its encoder on a line, our codes on it, and the air between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from station_agent.hardware.fm.coded.counter import Counter
from station_agent.hardware.fm.coded.oda import GROUP_11A, LAB_AID
from station_agent.hardware.fm.coded.receivers import Authenticated, Commune
from station_agent.hardware.fm.encoder import Encoder
from station_agent.hardware.fm.line import Line
from station_agent.hardware.fm.programme import Programme, sequence
from station_agent.hardware.fm.uecp.dialect import Uecp
from station_agent.hardware.fm.uecp.frames import Address
from tests.fakes.mpx import multiplex
from tests.fakes.rds_demodulator import Heard, receive
from tests.fakes.virtual_encoder import VirtualEncoder, virtual_encoder

PI, AREA, KEY = 0x7123, 3, bytes(range(32))
PROGRAMME = Programme(pi=PI, ps="XA LAC", text="Dai xa Lac", groups=sequence(GROUP_11A))


class Moved:
    """Monotonic time that only the test moves."""

    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Radio:
    """The sender and what it puts on the air."""

    encoder: VirtualEncoder
    folder: Path
    time: Moved

    def sender(
        self, *, key: bytes = KEY, pi: int = PI, area: int = AREA, patience_s: float = 2
    ) -> Authenticated:
        """A station's side of it; a second one is the same box after a power cut."""
        line = Line(str(self.encoder.port))
        encoder = Encoder(line, Uecp(Address(), answers=True), lambda: None, patience_s=patience_s)
        programme = Programme(pi=pi, ps="XA LAC", text="Dai xa Lac", groups=PROGRAMME.groups)
        commune = Commune(area=area, key=key, aid=LAB_AID)
        counter = Counter(self.folder / "counter")
        return Authenticated(encoder, programme, commune, counter, self.time)

    def air(self, send: Callable[[], None], noise: float = 0.02) -> list[Heard]:
        """What a radio makes of the groups that go out while `send` runs, and a few after."""
        begun = max(0, len(self.encoder.aired) - 4)
        send()
        self.encoder.wait_groups(6)
        return receive(multiplex(self.encoder.aired[begun:], noise))


@pytest.fixture
def radio(tmp_path: Path) -> Iterator[Radio]:
    with virtual_encoder(tmp_path / "encoder") as encoder:
        yield Radio(encoder, tmp_path, Moved())
