"""An amplifier at the board: it draws more current the louder what leaves the station is.

It hears the WAV that the station's file sink writes, and changes the world of the board's firmware.
"""

import time
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import numpy as np

from tests.fakes.board import FirmwareBoard

TURN_S = 0.05
FULL_MA = 8_000  # at full scale, over what it draws at rest
HEADER = 44  # bytes of a plain WAV


class Amplifier:
    """While the context is open."""

    def __init__(self, board: FirmwareBoard, sink: Path) -> None:
        self._board, self._sink = board, sink
        self._over = Event()
        self._thread = Thread(target=self._run, name="amplifier")
        self._read: dict[Path, int] = {}

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
            heard = np.frombuffer(b"".join(map(self._new, self._sink.glob("*.wav"))), "<i2")
            loud = float(np.sqrt(np.mean((heard / 32_768) ** 2))) if len(heard) else 0.0
            self._board.world(programme_ma=round(FULL_MA * loud))
            self._over.wait(max(0.0, TURN_S - (time.monotonic() - began)))

    def _new(self, file: Path) -> bytes:
        """What was written since the last look, in whole samples."""
        since = self._read.get(file, HEADER)
        with file.open("rb") as wav:
            wav.seek(since)
            data = wav.read()
        data = data[: len(data) // 2 * 2]
        self._read[file] = since + len(data)
        return data
