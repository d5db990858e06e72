"""The tone of a self-test: three frequencies that every loudspeaker of ours carries, quiet."""

from array import array
from math import pi, sin
from pathlib import Path

from station_agent.actions import SoundTest
from station_agent.hardware.fm.coded.sounded import Code, recorded
from station_agent.hardware.fm.coded.tones import RATE, Samples
from station_agent.levels import volume_db
from station_agent.player import wire

HERTZ = (500, 1000, 2000)
"""Within what a horn gives (275 Hz to 8 kHz); one that is torn or full of water lacks one."""

PERIOD = RATE // HERTZ[0]  # in samples; the others fit into it
PEAK = 0.1  # -20 dBFS: speech as mastered is 16 dB louder at its peaks
RAMP_MS = 20  # no click


class Tones:
    """Tones as recordings in a folder, written when they are first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def play(self, asked: SoundTest) -> wire.Play:
        """The command that sounds it. Raises HardwareError when it cannot be written."""
        path = self._folder / f"{asked.seconds}.wav"
        signal = recorded(Code(tone(asked.seconds), path))
        return wire.Play(
            run=asked.run,
            path=str(signal.path),
            sha256=signal.sha256,
            gain_db=volume_db(asked.percent),
        )


def tone(seconds: int) -> Samples:
    """16-bit samples at 48 kHz: one period, repeated, so that a slow box makes them at once."""
    made = array("h", map(_sample, range(PERIOD))) * (seconds * RATE // PERIOD)
    ramp = RAMP_MS * RATE // 1000
    for n in range(ramp):
        made[n] = made[n] * n // ramp
        made[-1 - n] = made[-1 - n] * n // ramp
    return made


def _sample(n: int) -> int:
    sum_ = sum(sin(2 * pi * hertz * n / RATE) for hertz in HERTZ)
    return round(32767 * PEAK * sum_ / len(HERTZ))
