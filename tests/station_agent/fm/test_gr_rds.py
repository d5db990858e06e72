"""GNU Radio hears our code over a noisy radio channel, and the receiver obeys what it heard."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from station_agent.hardware.ports import Reach
from tests.fakes.mpx import multiplex
from tests.fakes.receiver import firmware_receiver
from tests.station_agent.fm.conftest import AREA, KEY, PI

SCRIPT = Path(__file__).parents[2] / "fakes" / "gr_rds.py"
PYTHON = "/usr/bin/python3"  # gr-rds is a package of Debian's own interpreter

pytestmark = pytest.mark.slow


def decoded(groups, noise, folder):
    """What gr-rds makes of groups after a radio channel: groups, and what it reads in them."""
    file = folder / "multiplex.f32"
    multiplex(groups, 0.02).astype(np.float32).tofile(file)
    words = [PYTHON, SCRIPT, file, str(noise)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"gr-rds is missing? `./run radio` installs it: {done.stderr}"
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    heard = [bytes.fromhex(line["group"]) for line in lines if "group" in line]
    return (
        [tuple(int.from_bytes(group[at : at + 2]) for at in (0, 2, 4, 6)) for group in heard],
        {tuple(line["said"]) for line in lines if "said" in line},
    )


def sent(radio, reach=Reach.OWN):
    sender = radio.sender()
    for _ in range(3):
        sender.wake(reach)
    radio.encoder.wait_groups(12)
    return radio.encoder.aired


@pytest.mark.parametrize("noise", [0, 0.1, 0.2])
def test_the_code_opens_the_receiver_over_the_radio(radio, tmp_path, noise):
    groups, said = decoded(sent(radio), noise, tmp_path)
    assert (0, f"{PI:04X}") in said
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(groups)
        receiver.wait_relay(1)


def test_an_emergency_is_an_alarm_to_gnu_radio_too(radio, tmp_path):
    _, said = decoded(sent(radio, Reach.ALL), 0.1, tmp_path)
    assert (2, "Alarm") in said
    assert (1, "XA LAC  ") in said


def test_hiss_alone_opens_nothing(radio, tmp_path):
    groups, _ = decoded(sent(radio), 3, tmp_path)
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(groups)
        receiver.close()
        assert "OPEN" not in receiver.words()
