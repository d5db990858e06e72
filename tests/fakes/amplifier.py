"""An amplifier at the board: it draws more current the louder what leaves the station is.

It hears the WAV that the station's file sink writes, and changes the world of the board's firmware.
"""

import time
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import numpy as np

from tests.fakes.board import FirmwareBoard
from tests.fakes.sink_tail import SinkTail

TURN_S = 0.05
FULL_MA = 8_000  # at full scale, over what it draws at rest


class Amplifier:
    """While the context is open."""

    def __init__(self, board: FirmwareBoard, sink: Path) -> None:
        self._board, self._tail = board, SinkTail(sink)
        self._over = Event()
        self._thread = Thread(target=self._run, name="amplifier")

    def __enter__(self) -> "Amplifier":
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            heard = np.frombuffer(b"".join(self._tail.new()), "<i2")
            loud = float(np.sqrt(np.mean((heard / 32_768) ** 2))) if len(heard) else 0.0
            self._board.world(programme_ma=round(FULL_MA * loud))
            self._over.wait(max(0.0, TURN_S - (time.monotonic() - began)))
