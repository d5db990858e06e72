"""The whole station as a process whose wall clock is wrong, or set under its feet (libfaketime).

Whether the kernel of this machine follows a time server, nobody can fake: where it does, a step is
taken for a time server's. Nothing at a wrong time and nothing without a verdict holds either way.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import libfaketime
import pytest

from contract import codec
from contract.reports import Beat, Ended, State
from contract.states import Cause
from tests.fakes.broker import Broker, wait_until
from tests.fakes.issuer import STATION, Issuer
from tests.fakes.media import MediaServer
from tests.fakes.station import RATE, ROOT, Station, speech_like

LIBRARY = Path(libfaketime.__file__).parent / "vendor/libfaketime/src/libfaketime.so.1"
PLAN, EMERGENCY = f"tt/1/station/{STATION}/plan", f"tt/1/station/{STATION}/emergency"


class FakedStation(Station):
    """A station whose wall clock shows the true time and so many seconds more."""

    kept_by = "network"

    def __init__(
        self, folder: Path, broker: Broker, media: MediaServer, issuer: Issuer, ahead_s: int = 0
    ) -> None:
        super().__init__(folder, broker, media, issuer)
        self.clock = folder / "clock"
        self.set_clock(ahead_s)

    def set_clock(self, ahead_s: int) -> None:
        """Step it."""
        draft = self.clock.with_suffix(".new")
        draft.write_text(f"{ahead_s:+d}\n")
        draft.replace(self.clock)

    def start(self) -> None:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("TT_")}
        environ |= {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "TT_CLOCK": self.kept_by,
            "TT_BEAT_S": "0.5",
        }
        command = [sys.executable, "-m", "station_agent", "run", "--config", str(self.config)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)

    def captured(self, airing: str) -> bool:
        return any((self.folder / "capture").glob(f"{airing}-*.wav"))

    def send_plan(self, **items_start_s: float) -> None:
        """A bulletin for each name, beginning so many seconds from now."""
        sound, now = self.serve(speech_like(1.0)), datetime.now(UTC)
        planned = [
            (self.issuer.item(name.replace("_", "-"), now + timedelta(seconds=s), sound), sound)
            for name, s in items_start_s.items()
        ]
        self.server.say(PLAN, self.issuer.write(self.issuer.plan(*planned)), retain=True)


Make = Callable[[int], FakedStation]


@pytest.fixture
def make(tmp_path: Path, broker: Broker, media: MediaServer) -> Iterator[Make]:
    made: list[FakedStation] = []

    def build(ahead_s: int) -> FakedStation:
        issuer = Issuer(datetime.now(UTC) - timedelta(seconds=1))
        made.append(FakedStation(tmp_path, broker, media, issuer, ahead_s))
        return made[-1]

    yield build
    for station in made:
        if station.process is not None:
            station.process.kill()
            station.process.wait()
        station.server.close()


def test_a_box_that_boots_in_1970_sounds_nothing_but_an_emergency(make: Make) -> None:
    station = make(-int(datetime.now(UTC).timestamp()) + 60)
    station.send_plan(tin_sang=3)
    station.start()
    state = station.server.wait_for(lambda _, payload: b'"troubles":["clock"]' in payload)
    assert codec.decode(State, state).at.year == 1970
    siren = station.issuer.emergency("siren", station.serve(speech_like(0.5)))
    station.server.say(f"{EMERGENCY}/{siren.id}", station.issuer.write(siren), retain=True)
    ended = station.ended()
    assert (ended.airing, ended.cause) == ("siren", Cause.FINISHED)
    wait_until(lambda: station.captured("siren"), "no siren")
    assert not station.captured("tin-sang")
    beat = codec.decode(Beat, station.server.wait_for(lambda t, _: t.endswith("/beat")))
    assert beat.synchronised in {True, False}


@pytest.mark.parametrize("step_s", [40, -400 * 86_400])
def test_a_clock_set_under_its_feet_moves_no_bulletin_to_a_wrong_time(
    make: Make, step_s: int
) -> None:
    station = make(0)
    station.kept_by = "battery"
    starts_at = datetime.now(UTC) + timedelta(seconds=5)
    station.send_plan(tin_trua=5)
    station.start()
    station.server.wait_for(lambda _, payload: b'"plan":{' in payload)
    station.set_clock(step_s)
    wait_until(lambda: datetime.now(UTC) > starts_at + timedelta(seconds=2), "time stands still")
    if station.captured("tin-trua"):
        station.set_clock(0)
        ended = station.ended()
        assert ended.cause is Cause.FINISHED
        assert ended.played_samples == RATE
        assert ended.started_at is not None
        assert abs(ended.started_at - starts_at) < timedelta(seconds=1)  # the step is 40 s or more
    else:
        station.set_clock(0)
        told = station.ended()
        assert isinstance(told, Ended)
        assert told.played_samples == 0
    assert station.process is not None
    assert station.process.poll() is None
