"""Plays to nobody, in real time."""

from station_agent.player.ports import Block
from station_agent.player.sinks.card import Card, MonotonicPace


class NullSink:
    """A `Sink` that keeps the time and drops the samples."""

    def __init__(self) -> None:
        self._card = Card(MonotonicPace())

    @property
    def underruns(self) -> int:
        """How often the buffer ran dry."""
        return self._card.underruns

    def next_dac(self) -> int:
        """Return the monotonic ns of the next sample."""
        self._card.catch_up()
        return self._card.next_dac()

    def write(self, block: Block) -> int:
        """Let the samples go by."""
        self._card.catch_up()
        return self._card.take(len(block))

    def close(self) -> None:
        """Nothing is held."""
