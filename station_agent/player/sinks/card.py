"""A sound card made of a clock alone: takes samples at their pace, runs dry like a real one."""

import time
from typing import Protocol

from station_agent.player.instants import NS_PER_S, ns_of, samples_in
from station_agent.player.wire import SAMPLE_RATE

# 120 ms ahead of the ear. Less stumbles when every core is busy (100 ms held in the measurements,
# with the player in its own process); more delays an emergency, which enters behind the buffer
# (its first sample is due within 250 ms of the order).
BUFFER = SAMPLE_RATE * 120 // 1000


class Pace(Protocol):
    """The clock that a card runs by."""

    def now(self) -> int:
        """Return monotonic ns."""

    def sleep_until(self, instant: int) -> None:
        """Return at `instant` (monotonic ns) or at once if it has passed."""


class MonotonicPace:
    """CLOCK_MONOTONIC."""

    def now(self) -> int:
        """Return monotonic ns."""
        return time.monotonic_ns()

    def sleep_until(self, instant: int) -> None:
        """Sleep until then."""
        time.sleep(max(0, instant - self.now()) / NS_PER_S)


class Card:
    """Counts what a card would have played; sample n sounds n / rate after `epoch`, always."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self.epoch = pace.now()
        self.written = BUFFER  # a real card starts when its buffer is full: of silence, at first
        self.underruns = 0

    def catch_up(self) -> int:
        """Return how many samples of silence the card has had to play for want of any."""
        gap = samples_in(self._pace.now() - self.epoch) - self.written
        if gap <= 0:
            return 0
        self.underruns += 1
        self.written += gap
        return gap

    def take(self, count: int) -> int:
        """Accept samples, return when the first sounds once there is room for as many again."""
        sounds_at = self.next_dac()
        self.written += count
        self._pace.sleep_until(self.epoch + ns_of(self.written + count - BUFFER))
        return sounds_at

    def next_dac(self) -> int:
        """Return the monotonic ns of the next sample."""
        return self.epoch + ns_of(self.written)
