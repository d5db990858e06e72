"""An input of the station, captured by the receiving child: a file's samples, and libasound's."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.station_agent.player.recordings import speech_like

SENT = np.rint(speech_like(1.0) * 32_767).astype("<i2").tobytes()
# libasound's own device that reads a file; behind it `null`, which is always ready
ASOUND_CONF = """
pcm.wired {{ type file slave.pcm "void" file "/dev/null" infile "{raw}" format "raw" }}
pcm.void {{ type null }}
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """What is plugged in."""
    raw = tmp_path / "wired.raw"
    raw.write_bytes(SENT)
    (tmp_path / "asound.conf").write_text(ASOUND_CONF.format(raw=raw))
    return raw


def child(raw: Path, device: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "station_agent.relay", "input", device],
        env=os.environ | {"ALSA_CONFIG_PATH": str(raw.parent / "asound.conf")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("kind", ["file", "alsa"])
def test_the_samples_of_an_input_are_given_as_they_come(raw: Path, kind: str) -> None:
    with child(raw, f"file:{raw}" if kind == "file" else "alsa:wired") as running:
        assert running.stdout is not None
        assert running.stdout.read(len(SENT)) == SENT
        running.kill()


@pytest.mark.parametrize(
    ("device", "said"), [("file:/nowhere", "Không đọc được"), ("alsa:nowhere", "Không mở được")]
)
def test_an_input_that_cannot_be_opened_is_told(raw: Path, device: str, said: str) -> None:
    with child(raw, device) as running:
        told = running.communicate()[1].decode().splitlines()[-1]
    assert running.returncode == 1
    assert told.startswith(said)
