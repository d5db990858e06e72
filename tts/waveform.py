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

Samples = np.ndarray[Any, np.dtype[np.float32]]
Blocks = np.ndarray[Any, np.dtype[np.int8]]


class Outline:
    """Watches frames of mono sound at 48 kHz go by; how many will come need not be known."""

    def __init__(self) -> None:
        self._low: list[Blocks] = []
        self._high: list[Blocks] = []
        self._left: Samples = np.zeros(0, np.float32)

    def watch(self, frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
        """The same frames."""
        for frame in frames:
            self._add(_scaled(frame))
            yield frame

    def finished(self) -> Waveform:
        """The waveform of what has gone by; empty if nothing has."""
        if len(self._left):
            self._add(np.repeat(self._left[-1:], BLOCK - len(self._left)))
        if not self._low:
            return ()
        low, high = np.concatenate(self._low), np.concatenate(self._high)
        starts = np.unique(np.linspace(0, len(low), PAIRS, endpoint=False).astype(int))
        pairs = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
        return tuple(np.stack(pairs, axis=1).ravel().tolist())

    def _add(self, samples: Samples) -> None:
        whole = np.concatenate([self._left, samples])
        blocks = len(whole) // BLOCK
        grid = whole[: blocks * BLOCK].reshape(blocks, BLOCK)
        if blocks:
            self._low.append(grid.min(axis=1).astype(np.int8))
            self._high.append(grid.max(axis=1).astype(np.int8))
        self._left = whole[blocks * BLOCK :]


def _scaled(frame: AudioFrame) -> Samples:
    samples = frame.to_ndarray()[0].astype(np.float32)
    full = 1.0 if frame.format.name.startswith("flt") else 32_768.0
    scaled: Samples = np.clip(np.round(samples * (FULL / full)), -FULL, FULL)
    return scaled
