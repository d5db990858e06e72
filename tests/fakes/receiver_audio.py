"""An off-air receiver: gives the station's ear what leaves the station, or what a stranger sends.

Through a pipe, as it comes: 16 bits at 8 kHz, a little later, with noise under it.
"""

import os
import time
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from tests.fakes.sink_tail import SinkTail

RATE, BLOCK = 8_000, 800
SIXTH = 6  # of 48 kHz
DELAY_BLOCKS = 5
HISS = 30.0  # of 32768


class ReceiverAudio:
    """While the context is open. `stranger`: samples at 8 kHz that take the place of ours."""

    def __init__(self, pipe: Path, sink: Path) -> None:
        self.pipe, self._tail = pipe, SinkTail(sink)
        os.mkfifo(pipe)
        self.stranger: NDArray[np.float64] | None = None
        self._over = Event()
        self._rng = np.random.default_rng(3)
        self._thread = Thread(target=self._run, name="receiver", daemon=True)

    def __enter__(self) -> "ReceiverAudio":
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(5)

    def _run(self) -> None:
        late = [np.zeros(BLOCK)] * DELAY_BLOCKS
        heard = np.zeros(0)
        due = time.monotonic()
        with self.pipe.open("wb", buffering=0) as out:
            while not self._over.is_set():
                heard = np.concatenate([heard, self._new()])
                block, heard = (
                    np.resize(heard[:BLOCK], BLOCK) if len(heard) else np.zeros(BLOCK),
                    (heard[BLOCK:]),
                )
                late.append(block)
                try:
                    out.write(self._sound(late.pop(0)))
                except BrokenPipeError:
                    return
                due += BLOCK / RATE
                self._over.wait(max(0.0, due - time.monotonic()))

    def _sound(self, ours: NDArray[np.float64]) -> bytes:
        block = ours
        if self.stranger is not None:
            block, self.stranger = self.stranger[:BLOCK], np.roll(self.stranger, -BLOCK)
        hissing = block + self._rng.normal(0, HISS, BLOCK)
        return hissing.clip(-32_768, 32_767).astype("<i2").tobytes()

    def _new(self) -> NDArray[np.float64]:
        """What left the station since the last look, at 8 kHz."""
        data = b"".join(self._tail.new(together=SIXTH))
        return np.frombuffer(data, "<i2").reshape(-1, SIXTH).mean(axis=1) if data else np.zeros(0)
