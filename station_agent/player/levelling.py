"""Brings a programme of another's near the loudness of our own recordings, too slowly to be heard.

Pure: the same blocks give the same sound, whatever their time.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_agent.player.ports import Block
from station_agent.player.wire import SAMPLE_RATE

TARGET_LUFS = -16.0  # as the server masters recordings
LOOK = SAMPLE_RATE * 2 // 5  # 400 ms, the block of ITU-R BS.1770
MEMORY = 25  # looks: ten seconds, some sentences
# A quieter look is a pause, or the hiss of a line: not measured, and nothing is turned up in it.
GATE_LUFS = -40.0
RELATIVE_LU = 10.0  # what is so much quieter than the rest is not measured either (BS.1770)
# More than this is no programme that is a little loud or soft, but a fault that people must mend.
MOST_DB = 12.0
PEAK_DBFS = -1.0  # nothing is turned up further: the flat profile has no limiter behind it
# A third of what is just noticed in speech, each second; at the beginning, where nobody knows
# the programme's loudness yet, as fast as a hand on a fader.
RATE_DB_S, FIRST_RATE_DB_S, FIRST_LOOKS = 0.5, 6.0, 8
# Coefficients of BS.1770-4, tables 1 and 2, at 48 kHz: the head, then the low end; b0 b1 b2 a1 a2.
STAGES = (
    (1.53512485958697, -2.69169619838696, 1.19839281085285, -1.69065929318241, 0.73248077421585),
    (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621),
)


@dataclass(frozen=True)
class Look:
    """What 400 ms of the programme were like."""

    lufs: float
    peak_dbfs: float


class Levelling:
    """Turns a stream of blocks up or down; one for each programme."""

    def __init__(self) -> None:
        self._looks: deque[Look] = deque(maxlen=MEMORY)
        self._begun = 0  # looks so far, up to FIRST_LOOKS
        self._seen: list[Block] = []
        self._gain_db = self._wanted_db = 0.0
        self._speaks = False

    def level(self, block: Block) -> Block:
        """Return the block with the gain of its time."""
        self._see(block)
        rate = RATE_DB_S if self._begun >= FIRST_LOOKS else FIRST_RATE_DB_S
        step = rate * len(block) / SAMPLE_RATE if self._speaks else 0.0
        before = self._gain_db
        self._gain_db = min(max(self._wanted_db, before - step), before + step)
        gains = 10 ** (np.linspace(before, self._gain_db, len(block), dtype=np.float32) / 20)
        return (block * gains).astype(np.float32, copy=False)

    def _see(self, block: Block) -> None:
        self._seen.append(block)
        if sum(map(len, self._seen)) < LOOK:
            return
        found = look(np.concatenate(self._seen))
        self._seen.clear()
        self._speaks = found.lufs > GATE_LUFS
        if self._speaks:
            self._begun = min(FIRST_LOOKS, self._begun + 1)
            self._looks.append(found)
            self._wanted_db = wanted_db(tuple(self._looks))


def wanted_db(looks: tuple[Look, ...]) -> float:
    """The gain that brings these looks, one at least, to the target; within what is allowed."""
    mean = _mean_lufs([each.lufs for each in looks])
    counted = [each.lufs for each in looks if each.lufs > mean - RELATIVE_LU]
    wanted = TARGET_LUFS - _mean_lufs(counted)
    headroom = PEAK_DBFS - max(each.peak_dbfs for each in looks)
    return max(-MOST_DB, min(wanted, headroom, MOST_DB))


def look(samples: Block) -> Look:
    """Measure some samples: loudness by BS.1770, in the spectrum, and peak."""
    power = np.abs(np.fft.rfft(samples)) ** 2 * weights(len(samples))
    mean = 2 * float(np.sum(power)) / len(samples) ** 2
    peak = float(np.max(np.abs(samples)))
    return Look(-0.691 + _db(mean), 2 * _db(peak))


def weights(count: int) -> NDArray[np.float64]:
    """How much of each line of a spectrum of so many samples is heard."""
    z = np.exp(-2j * np.pi * np.arange(count // 2 + 1) / count)
    total = np.ones(len(z))
    for b0, b1, b2, a1, a2 in STAGES:
        total *= np.abs((b0 + b1 * z + b2 * z * z) / (1 + a1 * z + a2 * z * z)) ** 2
    return total


def _mean_lufs(lufs: list[float]) -> float:
    return _db(sum(10 ** (each / 10) for each in lufs) / len(lufs))


def _db(power: float) -> float:
    return 10 * float(np.log10(max(power, 1e-12)))
