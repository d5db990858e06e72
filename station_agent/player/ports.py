"""What the engine needs from outside: something that takes samples, something that gives them.

Samples are mono float32 at `wire.SAMPLE_RATE`, full scale ±1, in one-dimensional arrays.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from station_agent.player.wire import Trouble

Block = NDArray[np.float32]


class Sink(Protocol):
    """An open output stream with a small buffer ahead of the ear; made open, used by one thread.

    Once made it is running: its buffer holds silence, and it wants the next samples in time.
    """

    @property
    def underruns(self) -> int:
        """How often the buffer ran dry since the sink was opened."""

    def next_dac(self) -> int:
        """Return the CLOCK_MONOTONIC ns at which the next sample written will sound."""

    def write(self, block: Block) -> int:
        """Take the samples, waiting for room, and return the ns at which the first one sounds.

        Raises SinkError when the device is gone.
        """

    def close(self) -> None:
        """Drop what has not sounded and let the device go; never raises."""


@dataclass(slots=True)
class Relayed:
    """Samples that were the stream's, the fallback's, and nobody's."""

    live: int = 0
    fallback: int = 0
    silent: int = 0

    def forget(self) -> None:
        """What was read so far was left out."""
        self.live = self.fallback = self.silent = 0


class Source(Protocol):
    """One recording being decoded by its own thread, read by the engine, which never waits."""

    @property
    def ready(self) -> bool:
        """Whether enough is decoded to start without stumbling."""

    @property
    def trouble(self) -> tuple[Trouble, str] | None:
        """What broke it and the words for people; what was decoded before can still be read."""

    @property
    def ended(self) -> bool:
        """Whether everything has been read and nothing more will come."""

    @property
    def total_samples(self) -> int | None:
        """Length of the whole recording; None until it has been opened."""

    @property
    def relayed(self) -> "Relayed | None":
        """What the samples read so far were, of a stream taken over; None of a recording."""

    def read(self, count: int) -> Block:
        """Return the next samples, at most `count`; fewer when they are not decoded yet."""

    def close(self) -> None:
        """Stop decoding and let the file go."""
