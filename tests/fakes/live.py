"""A stream that comes in on virtual time, with the faults that a test names."""

from collections.abc import Sequence

import numpy as np

from station_agent.player.instants import samples_in
from station_agent.player.ports import Block
from station_agent.player.wire import SAMPLE_RATE
from tests.fakes.sound import VirtualPace

Spans = Sequence[tuple[float, float]]


class LiveStream:
    """A `Stream` of an array that begins when it is made; spans are in seconds from then.

    In `outages` nothing comes, and what was said in them is lost; of `silences` the stream knows
    that they have lasted too long.
    """

    def __init__(
        self, pace: VirtualPace, samples: Block, outages: Spans = (), silences: Spans = ()
    ) -> None:
        self._pace, self._began = pace, pace.now()
        self._samples, self._outages, self._silences = samples, outages, silences
        self._here = np.empty(0, np.float32)
        self._come = 0
        self._well = 0
        self.fault = ""
        self.closed = False

    @property
    def held(self) -> int:
        self._receive()
        return len(self._here)

    @property
    def silent(self) -> bool:
        return self._within(self._silences, self._pace.now())

    @property
    def well(self) -> int:
        self._receive()
        return self._well

    def read(self, count: int) -> Block:
        self._receive()
        taken, self._here = self._here[:count], self._here[count:]
        return taken

    def trim(self, count: int) -> None:
        self.read(max(0, self.held - count))

    def close(self) -> None:
        self.closed = True

    def _within(self, spans: Spans, instant: int) -> bool:
        at = (instant - self._began) / 1e9
        return any(begin <= at < end for begin, end in spans)

    def _receive(self) -> None:
        """Let come what has been sent until now: 20 ms at a time."""
        until = samples_in(self._pace.now() - self._began)
        while self._come + SAMPLE_RATE // 50 <= min(until, len(self._samples)):
            begin, self._come = self._come, self._come + SAMPLE_RATE // 50
            sent = self._began + begin * 1_000_000_000 // SAMPLE_RATE
            if self._within(self._outages, sent):
                self._well, self.fault = 0, "Nguồn đã ngắt"
                continue
            self._well = 0 if self._within(self._silences, sent) else self._well + 960
            self._here = np.concatenate([self._here, self._samples[begin : self._come]])
