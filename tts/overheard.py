"""A file heard by a second thread while the first one writes it: FFmpeg works on both cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, TypeVar

Heard = TypeVar("Heard")


class Tap:
    """What the writer writes to; the listener reads the same bytes from it, in order."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._written: SimpleQueue[bytes] = SimpleQueue()
        self._rest = b""

    def write(self, data: bytes) -> int:
        """Called by the writer."""
        self._written.put(bytes(data))
        return self._file.write(data)

    def end(self) -> None:
        """Nothing more will be written."""
        self._written.put(b"")

    def read(self, size: int) -> bytes:
        """Called by the listener: waits for bytes; b"" at the end, and ever after."""
        if not self._rest:
            self._rest = self._written.get()
            if not self._rest:
                self.end()
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def overheard(write: Callable[[Tap], None], listen: Callable[[Tap], Heard], out: Path) -> Heard:
    """Let `write` write `out` and say what `listen` heard in it. Raises what either raises."""
    with out.open("wb") as file, ThreadPoolExecutor(1) as listener:
        tap = Tap(file)
        hearing = listener.submit(listen, tap)
        try:
            write(tap)
        finally:
            tap.end()
        return hearing.result()
