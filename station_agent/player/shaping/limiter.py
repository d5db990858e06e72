"""Keeps peaks under the ceiling by turning the sound down before they come."""

import numpy as np

from station_agent.player.ports import Block
from station_agent.player.shaping.memory import Memory
from station_agent.player.shaping.peaks import Peaks
from station_agent.player.wire import SAMPLE_RATE

# 1 dB is left to what comes behind: a card's own filter, an amplifier that starts to clip.
CEILING_DBTP = -1.0
# What the peaks between the measured points may add (0.26 dB at 15 kHz), and the moving gain.
MARGIN_DB = 0.3
LIMIT = np.float32(10 ** ((CEILING_DBTP - MARGIN_DB) / 20))
# 5 ms: the gain goes down without a corner, and stays down for half a period of 100 Hz, so that
# it does not follow the wave itself, which would be distortion.
AHEAD = SAMPLE_RATE * 5 // 1000
# 3 dB in 50 ms: back before the next syllable (four a second), too slow to be heard as roughness.
RELEASE_DB = 60.0 / SAMPLE_RATE

_EASE = np.hanning(AHEAD + 2)[1:-1]
EASE = (_EASE / _EASE.sum()).astype(np.float32)


class Limiter:
    """Gives the stream back `latency` samples later; below the ceiling sample for sample as it was.

    `emphasis_s`: the time constant of a pre-emphasis that follows (0: none); it is the peaks
    behind it that stay under the ceiling.
    """

    latency = Peaks.latency + AHEAD - 1

    def __init__(self, emphasis_s: float) -> None:
        self._peaks = Peaks(emphasis_s)
        self._needs = Memory(AHEAD - 1)
        self._gains = Memory(AHEAD - 1)
        self._sound = Memory(self.latency)
        self._gain_db = np.zeros(1, np.float32)

    def limit(self, block: Block) -> Block:
        """Return as many samples, those of `latency` samples ago."""
        # A sample that is no number (fmax passes it over) must not silence all that follow.
        over = np.fmax(self._peaks.of(block) / LIMIT, np.float32(1.0))
        needs_db = lowest(self._needs.before(-20 * np.log10(over)), AHEAD)
        eased_db = np.convolve(self._gains.before(self._release(needs_db)), EASE, "valid")
        delayed = self._sound.before(block)[: len(block)]
        limited = delayed * 10.0 ** (eased_db / 20)
        return limited.astype(np.float32, copy=False)

    def _release(self, needs_db: Block) -> Block:
        """Follow the needs down at once, and up by `RELEASE_DB` a sample."""
        climb = RELEASE_DB * np.arange(len(needs_db) + 1, dtype=np.float32)
        from_last = np.concatenate([self._gain_db, needs_db])
        released: Block = (np.minimum.accumulate(from_last - climb) + climb)[1:]
        self._gain_db = released[-1:]
        return released


def lowest(values: Block, width: int) -> Block:
    """Return the minimum of each `width` neighbours."""
    reached = 1
    while reached < width:  # two windows side by side, or overlapping, make a wider one
        step = min(reached, width - reached)
        values = np.minimum(values[step:], values[:-step])
        reached += step
    return values
