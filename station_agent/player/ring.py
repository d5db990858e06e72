"""A bounded queue of samples between the thread that decodes and the engine that plays."""

import threading
from collections import deque

import numpy as np

from station_agent.player.ports import Block
from station_agent.player.wire import SAMPLE_RATE

# A disk that stops for four seconds is not heard, and the file has just been read to check it: it
# is in the page cache. 0.8 MB a voice (a whole 10 min programme: 115 MB; the process has 60).
CAPACITY = 4 * SAMPLE_RATE


class Ring:
    """Blocks in, any number of samples out, in order; the writer waits for room, the reader never.

    One block may exceed the capacity by its own length.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._changed = threading.Condition()
        self._blocks: deque[Block] = deque()
        self._held = 0
        self._finished = False
        self._closed = False

    def put(self, block: Block) -> bool:
        """Wait for room, then keep the block; False when the reader has closed the ring."""
        with self._changed:
            self._changed.wait_for(lambda: self._held < self._capacity or self._closed)
            if not self._closed:
                self._blocks.append(block)
                self._held += len(block)
            return not self._closed

    def finish(self) -> None:
        """Say that no more blocks will come."""
        with self._changed:
            self._finished = True

    def read(self, count: int) -> Block:
        """Take up to `count` samples, fewer when there are fewer."""
        taken: list[Block] = []
        with self._changed:
            missing = min(count, self._held)
            self._held -= missing
            while missing:
                block = self._blocks.popleft()
                if len(block) > missing:
                    self._blocks.appendleft(block[missing:])
                    block = block[:missing]
                taken.append(block)
                missing -= len(block)
            # Woken once a second for fifty packets, not fifty times for one.
            if self._held <= self._capacity * 3 // 4:
                self._changed.notify()
        return np.concatenate(taken) if taken else np.empty(0, np.float32)

    def holds(self, count: int) -> bool:
        """Whether so many samples are here, or all that will ever come."""
        with self._changed:
            return self._held >= count or self._finished

    @property
    def drained(self) -> bool:
        """Whether everything has been read and nothing more will come."""
        with self._changed:
            return self._finished and not self._held

    def close(self) -> None:
        """Turn the writer away; what is held is dropped."""
        with self._changed:
            self._closed = True
            self._blocks.clear()
            self._held = 0
            self._changed.notify()
