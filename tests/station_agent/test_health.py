"""How the box is: from a world of files like those of a box, and from this machine, hardened."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract import reports
from contract.reports import Modem, Senses
from station_agent import presence
from station_agent.events import BoardSaid
from station_agent.hardware.readings import SAFE, BoardReading
from station_agent.health import Machine
from tests.fakes.box_world import Box
from tests.fakes.issuer import Issuer


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """What /sys of a box says."""
    files = {
        "class/thermal/thermal_zone0/temp": "61234\n",
        "class/thermal/thermal_zone1/temp": "-274000\n",  # nothing is wired there
        "class/thermal/thermal_zone2/temp": "\n",
        "block/mmcblk0/device/life_time": "0x02 0x04\n",
        "devices/system/node/node0/meminfo": (
            "Node 0 MemTotal:  1000 kB\nNode 0 MemFree:  100 kB\nNode 0 Active(file):  20 kB\n"
            "Node 0 Inactive(file):  30 kB\nNode 0 Active(anon):  500 kB\n"
        ),
    }
    for name, text in files.items():
        file = tmp_path / "sys" / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
    return tmp_path / "sys"


def test_heat_wear_and_memory_are_read(tmp_path: Path, system: Path) -> None:
    found = Machine(tmp_path, system=system).measure().machine
    assert found.cpu_c == 61.234
    assert found.wear_percent == 40
    assert found.memory_free_bytes == 150 * 1024


def test_what_a_box_cannot_tell_is_left_out(tmp_path: Path) -> None:
    found = Machine(tmp_path, system=tmp_path / "empty").measure()
    assert found.machine.cpu_c is found.machine.wear_percent is None
    assert found.machine.memory_free_bytes is None
    assert found.machine.memory_bytes  # of sysinfo(2), and this machine has some
    assert found.modem is None


def test_a_hardened_unit_is_told_as_much() -> None:
    """As under ProcSubset=pid: of /proc only the processes are there."""
    code = (
        "from pathlib import Path; from station_agent.health import Machine;"
        "assert not Path('/proc/meminfo').exists() and not Path('/proc/loadavg').exists();"
        "found = Machine(Path('/')).measure();"
        "assert found.rss_bytes and found.machine.memory_bytes;"
        "assert found.machine.load is not None, found"
    )
    hide = 'mount -t proc -o subset=pid proc /proc && exec "$0" -c "$1"'
    command = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", hide, sys.executable, code]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_the_beat_tells_what_is_known_and_not_more(issuer: Issuer, tmp_path: Path) -> None:
    box = Box(issuer)
    health = Machine(tmp_path, modem=lambda: Modem(answers=True, dbm=-85)).measure()
    bare = presence.beat(box.state, health, box.moment)
    assert not bare.senses
    assert bare.modem == Modem(answers=True, dbm=-85)
    reading = BoardReading(mono_ns=1, outputs=SAFE, mains=False, battery_v=12.1, door_open=True)
    box.tell(BoardSaid(reading))
    told = presence.beat(box.state, health, box.moment)
    assert told.senses == Senses(mains=False, battery_v=12.1, door_open=True)
    assert isinstance(told.machine, reports.Machine)
    assert told.at <= datetime.now(UTC).replace(year=2100)
