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
    fault: str = ""  # why the stream was not heard, when last it was not; for people

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


class Stream(Protocol):
    """What comes in live from outside, held until it is read by the engine's thread."""

    @property
    def held(self) -> int:
        """How many samples can be read."""

    @property
    def silent(self) -> bool:
        """Whether it has been silent for too long."""

    @property
    def well(self) -> int:
        """Samples that came since the last fault or long silence."""

    @property
    def fault(self) -> str:
        """What its last fault was, for people; "" when it had none."""

    def read(self, count: int) -> Block:
        """Take up to `count` samples."""

    def trim(self, count: int) -> None:
        """Throw away all but the latest samples."""

    def close(self) -> None:
        """Stop receiving."""
