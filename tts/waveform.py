"""The outline of a recording, for drawing it on a page without decoding it in the browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tts.frames import decode, through
from tts.recording import Recording

# More than a phone is wide, in CSS pixels.
COLUMNS = 400
_PCM = (("aformat", "sample_fmts=s16:channel_layouts=mono"),)

Peaks = list[tuple[int, int]]
Samples = np.ndarray[Any, np.dtype[np.int16]]


def peaks(recording: Recording) -> Peaks:
    """At most COLUMNS pairs (lowest, highest), each −128…127, evenly spread over the sound."""
    width = -(-recording.samples // COLUMNS)
    found: Peaks = []
    for column, samples in _by_column(Path(recording.path), width):
        if column == len(found):
            found.append((0, 0))
        low, high = found[column]
        found[column] = min(low, int(samples.min()) >> 8), max(high, int(samples.max()) >> 8)
    return found


def _by_column(path: Path, width: int) -> Iterator[tuple[int, Samples]]:
    """Pieces of the sound, each with the column it belongs to; an hour never lies in memory."""
    at = 0
    for frame in through(decode(path), _PCM):
        samples = frame.to_ndarray()[0]
        while len(samples):
            column = at // width
            piece = samples[: (column + 1) * width - at]
            yield column, piece
            at += len(piece)
            samples = samples[len(piece) :]
