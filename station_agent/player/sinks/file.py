"""Plays into a WAV file in real time: the file is what a microphone at the card would hear."""

from pathlib import Path

import numpy as np

from station_agent.player.errors import SinkError
from station_agent.player.ports import Block
from station_agent.player.sinks.card import BUFFER, Card, MonotonicPace, Pace
from station_agent.player.wav import WavFile


class FileSink:
    """A `Sink` with one new file, `DIRECTORY/<ns>.wav`, its first sample at that monotonic ns.

    Silence played for want of samples is in the file, so sample n sounded n / rate after the
    first: always.
    """

    def __init__(self, directory: Path, pace: Pace | None = None) -> None:
        """Open the file. Raises SinkError."""
        self._card = Card(pace or MonotonicPace())
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._wav = WavFile(directory / f"{self._card.epoch}.wav")
            self._wav.append(np.zeros(BUFFER, np.float32))
        except OSError as error:
            raise SinkError(f"Không ghi được tệp thay loa: {error}") from error

    @property
    def underruns(self) -> int:
        """How often the buffer ran dry."""
        return self._card.underruns

    def next_dac(self) -> int:
        """Return the monotonic ns of the next sample."""
        self._append(np.zeros(self._card.catch_up(), np.float32))
        return self._card.next_dac()

    def write(self, block: Block) -> int:
        """Write the samples, at the pace of a card."""
        self._append(np.zeros(self._card.catch_up(), np.float32))
        self._append(block)
        return self._card.take(len(block))

    def close(self) -> None:
        """Close the file; what has not sounded yet stays in it."""
        self._wav.close()

    def _append(self, block: Block) -> None:
        try:
            self._wav.append(block)
        except OSError as error:
            raise SinkError(f"Không ghi được tệp thay loa: {error}") from error
