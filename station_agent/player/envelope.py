"""How loud a run is from tenth to tenth of a second: what measurements are compared with."""

import math

import numpy as np

from station_agent.player.ports import Block
from station_agent.player.tap import dbfs
from station_agent.player.wire import SAMPLE_RATE

SLOT = SAMPLE_RATE // 10  # samples; syllables come about four a second


class Envelope:
    """Level of each slot of a run from its first sample on; told once."""

    def __init__(self) -> None:
        self.told = 0  # slots
        self._levels: list[float] = []
        self._energy = 0.0
        self._filled = 0

    def hear(self, block: Block) -> None:
        """Add samples of the run, in order."""
        while len(block):
            part = block[: SLOT - self._filled]
            self._energy += float(np.dot(part, part))
            self._filled += len(part)
            block = block[len(part) :]
            if self._filled == SLOT:
                self._levels.append(round(dbfs(math.sqrt(self._energy / SLOT)), 1))
                self._energy, self._filled = 0.0, 0

    def take(self) -> tuple[float, ...]:
        """Return the levels (dBFS) since the last call."""
        levels = tuple(self._levels)
        self.told += len(levels)
        self._levels.clear()
        return levels
