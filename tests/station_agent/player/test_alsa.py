"""The real libasound, with its `file` device over `null`; a fake one for what that cannot do."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from station_agent.player.errors import SinkError
from station_agent.player.sinks import alsa
from station_agent.player.sinks.card import BUFFER
from tests.fakes.asound import FakeAsound
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


def test_a_device_that_swallows_sound_is_no_loudspeaker(raw: Path) -> None:
    done = run(
        raw,
        "import numpy\n"
        "from station_agent.player.sinks import sink_opener\n"
        "from station_agent.player.errors import SinkError\n"
        "sink = sink_opener('alsa:void')()\n"
        "try:\n"
        "    for _ in range(60): sink.write(numpy.zeros(48000, numpy.float32))\n"
        "except SinkError as error:\n    print(error)\n",
    )
    assert "nhanh hơn" in done.stdout


def test_a_card_that_runs_dry_is_restarted_on_silence_and_gets_the_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asound = FakeAsound()
    monkeypatch.setattr(alsa, "_libasound", lambda: asound)
    sink = alsa.AlsaSink("default")
    block = np.full(960, 0.5, np.float32)
    sink.write(block)
    asound.trigger_underrun()
    sink.write(block)
    assert sink.underruns == 1
    buffer = asound.BUFFER
    assert asound.heard == [buffer, 960, buffer, 960]


def test_a_card_that_is_pulled_out_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asound = FakeAsound()
    monkeypatch.setattr(alsa, "_libasound", lambda: asound)
    sink = alsa.AlsaSink("default")
    asound.trigger_unplugged()
    with pytest.raises(SinkError, match="No such device"):
        sink.write(np.zeros(960, np.float32))


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
