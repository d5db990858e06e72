"""A clock that only sleeping moves, and a recording that is already decoded."""

import numpy as np

from station_agent.player.ports import Block, Relayed
from station_agent.player.wire import Trouble


class VirtualPace:
    """The `Pace` of a card in tests: time passes when the card waits."""

    def __init__(self, start_ns: int = 5_000_000_000_000) -> None:
        self.instant = start_ns

    def now(self) -> int:
        return self.instant

    def sleep_until(self, instant: int) -> None:
        self.instant = max(self.instant, instant)

    def trigger_stall(self, duration_ns: int) -> None:
        """Let time pass with nobody feeding the card."""
        self.instant += duration_ns


class MemorySource:
    """A `Source` of an array; `trigger_…` makes it slow or breaks it."""

    def __init__(self, samples: Block) -> None:
        self._samples = samples
        self.total_samples: int | None = len(samples)
        self.relayed: Relayed | None = None
        self.ready = True
        self.trouble: tuple[Trouble, str] | None = None
        self.closed = False
        self._withheld = 0

    @property
    def ended(self) -> bool:
        return not len(self._samples) and not self._withheld

    def read(self, count: int) -> Block:
        if self._withheld:
            self._withheld -= 1
            return np.empty(0, np.float32)
        taken, self._samples = self._samples[:count], self._samples[count:]
        return taken

    def close(self) -> None:
        self.closed = True

    def trigger_slow_disk(self, reads: int) -> None:
        self._withheld = reads

    def trigger_damage(self) -> None:
        self._samples = self._samples[:0]
        self.trouble = Trouble.DAMAGED, "hỏng"
