"""The real libasound, with its `file` device over `null`: every sample that we hand over."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from station_agent.player.sinks.card import BUFFER
from tests.station_agent.player.recordings import speech_like

ASOUND_CONF = """
pcm.!default {{ type plug slave.pcm "tee" }}
pcm.tee {{ type file slave.pcm "void" file "{raw}" format "raw" }}
pcm.void {{ type null }}
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The file that hears what the device `tee` is given."""
    raw = tmp_path / "heard.raw"
    (tmp_path / "asound.conf").write_text(ASOUND_CONF.format(raw=raw))
    return raw


def run(raw: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run in a process of its own: libasound reads its configuration once."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=os.environ | {"ALSA_CONFIG_PATH": str(raw.parent / "asound.conf")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("device", ["tee", "default"])
def test_the_card_gets_every_sample_behind_a_buffer_of_silence(raw: Path, device: str) -> None:
    np.save(raw.with_suffix(".npy"), speech_like(1.0))
    done = run(
        raw,
        "import numpy, av, time\n"  # av brings a libasound of its own: it must not be in the way
        "from station_agent.player.sinks import sink_opener\n"
        f"sink = sink_opener('alsa:{device}')()\n"
        f"samples = numpy.load({str(raw.with_suffix('.npy'))!r})\n"
        "before = time.monotonic_ns()\n"
        "stamps = [sink.write(block) for block in numpy.split(samples, 50)]\n"
        "assert before - 20_000_001 <= stamps[0] <= stamps[-1] <= sink.next_dac()\n"
        "assert sink.underruns == 0\n"
        "sink.close()\n",
    )
    assert (done.returncode, done.stderr) == (0, "")
    heard = np.fromfile(raw, "<i2")
    silence = len(heard) - 48_000
    assert 0 < silence <= 2 * BUFFER
    assert not heard[:silence].any()
    np.testing.assert_array_equal(heard[silence:], np.rint(speech_like(1.0) * 32767))


def test_a_missing_device_is_named(raw: Path) -> None:
    done = run(
        raw,
        "from station_agent.player.sinks import sink_opener\n"
        "from station_agent.player.errors import SinkError\n"
        "try:\n    sink_opener('alsa:nowhere')()\n"
        "except SinkError as error:\n    print(error)\n",
    )
    assert "nowhere" in done.stdout


def test_a_missing_library_says_what_to_install(raw: Path) -> None:
    done = run(
        raw,
        "import ctypes\n"
        "def refuse(name): raise OSError(name)\n"
        "from station_agent.player.sinks import alsa\n"
        "alsa.ctypes.CDLL = refuse\n"
        "try:\n    alsa.AlsaSink('default')\n"
        "except alsa.SinkError as error:\n    print(error)\n",
    )
    assert "libasound2" in done.stdout
