"""The last samples of a stream, so that what looks back does not see where blocks meet."""

import numpy as np

from station_agent.player.ports import Block


class Memory:
    """Remembers `length` samples, zeros at first."""

    def __init__(self, length: int) -> None:
        self._past: Block = np.zeros(length, np.float32)

    def before(self, block: Block) -> Block:
        """Return what is remembered and the block behind it, and remember the end of that."""
        whole = np.concatenate([self._past, block])
        self._past = whole[len(block) :]
        return whole
