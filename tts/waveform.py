"""The outline of a sound, for drawing it on a page without decoding it in the browser."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from av import AudioFrame

from tts.recording import Waveform

# More pairs than a page is wide; 7 kB of JSON at most.
PAIRS = 1_000
# Full scale in two digits: finer than a page draws.
FULL = 99
# 5 ms: a sound of 5 s fills the page, and an hour takes 3 MB here.
BLOCK = 240
# Drawn a second at a time: a frame of 20 ms is too little work for a call.
AT_ONCE = 48_000

Samples = np.ndarray[Any, np.dtype[np.float32]]
Blocks = np.ndarray[Any, np.dtype[np.int8]]


class Outline:
    """Watches frames of mono sound at 48 kHz go by; how many will come need not be known."""

    def __init__(self) -> None:
        self._low: list[Blocks] = []
        self._high: list[Blocks] = []
        self._waiting: list[Samples] = []
        self._samples = 0

    def watch(self, frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
        """The same frames."""
        for frame in frames:
            self._waiting.append(_scaled(frame))
            self._samples += frame.samples
            if self._samples >= AT_ONCE:
                self._draw()
            yield frame

    def finished(self) -> Waveform:
        """The waveform of what has gone by; empty if nothing has."""
        if self._samples % BLOCK:
            last = self._waiting[-1][-1:]
            self._waiting.append(np.repeat(last, BLOCK - self._samples % BLOCK))
        self._draw()
        if not sum(map(len, self._low)):
            return ()
        low, high = np.concatenate(self._low), np.concatenate(self._high)
        starts = np.unique(np.linspace(0, len(low), PAIRS, endpoint=False).astype(int))
        pairs = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
        return tuple(np.stack(pairs, axis=1).ravel().tolist())

    def _draw(self) -> None:
        """Whole blocks of what waits; the rest goes on waiting."""
        whole = np.concatenate([np.zeros(0, np.float32), *self._waiting])
        blocks = len(whole) // BLOCK
        grid = whole[: blocks * BLOCK].reshape(blocks, BLOCK)
        self._low.append(grid.min(axis=1).astype(np.int8))
        self._high.append(grid.max(axis=1).astype(np.int8))
        self._waiting = [whole[blocks * BLOCK :]]
        self._samples = len(self._waiting[0])


def _scaled(frame: AudioFrame) -> Samples:
    samples = frame.to_ndarray()[0].astype(np.float32)
    full = 1.0 if frame.format.name.startswith("flt") else 32_768.0
    scaled: Samples = np.clip(np.round(samples * (FULL / full)), -FULL, FULL)
    return scaled
