"""What a station's file sink heard, on the monotonic clock."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from station_agent.player.wav import HEADER_BYTES

NS_A_SAMPLE = 1e9 / 48_000
GAP_SAMPLES = 4_800  # 100 ms: what is further apart are two soundings


def samples_of(file: Path) -> NDArray[np.int16]:
    """All samples so far, also of a file that is still being written."""
    data = file.read_bytes()[HEADER_BYTES:]
    return np.frombuffer(data[: len(data) // 2 * 2], "<i2")


def onsets(folder: Path, sign: int, level: int = 300) -> list[int]:
    """Monotonic ns of each first sample beyond `level` on the side of `sign`, after a pause of it.

    The name of a file in `folder` is the instant of its first sample.
    """
    return sorted(int(at) for file in folder.glob("*.wav") for at in _onsets(file, sign, level))


def _onsets(file: Path, sign: int, level: int) -> Iterator[float]:
    found = np.flatnonzero(samples_of(file).astype(np.int32) * sign > level)
    if len(found):
        first = np.concatenate(([True], np.diff(found) > GAP_SAMPLES))
        for index in found[first]:
            yield int(file.stem) + index * NS_A_SAMPLE


def soundings(folder: Path) -> list[tuple[float, float]]:
    """From, to, in monotonic seconds: what was not silence."""
    return sorted(span for file in folder.glob("*.wav") for span in _soundings(file))


def _soundings(file: Path) -> Iterator[tuple[float, float]]:
    found = np.flatnonzero(samples_of(file))
    if len(found) == 0:
        return
    breaks = np.flatnonzero(np.diff(found) > GAP_SAMPLES)
    firsts = found[np.concatenate(([0], breaks + 1))]
    lasts = found[np.concatenate((breaks, [len(found) - 1]))]
    for first, last in zip(firsts, lasts, strict=True):
        yield tuple((int(file.stem) + int(n) * NS_A_SAMPLE) / 1e9 for n in (first, last))  # type: ignore[misc]
