"""A sink with a profile in front: the same programme at the same instants, shaped."""

import numpy as np

from station_agent.player.instants import ns_of
from station_agent.player.ports import Block, Sink
from station_agent.player.shaping.limiter import Limiter
from station_agent.player.shaping.memory import Memory
from station_agent.player.shaping.taps import Taps


class ShapedSink:
    """A `Sink` around an open one.

    A sample written comes out of filter and limiter a constant time later, and the instants that
    this sink tells are those at which it does: whoever writes by them need not know of it.
    """

    def __init__(self, sink: Sink, taps: Taps, emphasis_s: float = 0.0) -> None:
        self._sink = sink
        self._taps = taps.values
        self._memory = Memory(len(taps.values) - 1)
        self._limiter = Limiter(emphasis_s)
        self._latency_ns = ns_of(taps.latency + self._limiter.latency)

    @property
    def underruns(self) -> int:
        """How often the buffer ran dry."""
        return self._sink.underruns

    def next_dac(self) -> int:
        """Return the monotonic ns at which the next sample will have come through."""
        return self._sink.next_dac() + self._latency_ns

    def write(self, block: Block) -> int:
        """Shape the samples and pass them on; returns when the first one sounds."""
        filtered = np.convolve(self._memory.before(block), self._taps, "valid")
        return self._sink.write(self._limiter.limit(filtered)) + self._latency_ns

    def close(self) -> None:
        """Drop what has not sounded and let the device go."""
        self._sink.close()
