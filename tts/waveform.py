"""The outline of a recording, for drawing it on a page without decoding it in the browser."""

from pathlib import Path

import numpy as np

from tts.frames import decode, through

# More than a phone is wide, in CSS pixels.
COLUMNS = 400
# 8 kHz keeps the outline of speech and costs a sixth of the work.
RATE_HZ = 8_000

Peaks = list[tuple[int, int]]


def peaks(recording: Path) -> Peaks:
    """At most COLUMNS pairs (lowest, highest), each −128…127, evenly spread over the sound."""
    chain = (("aresample", f"{RATE_HZ}"), ("aformat", "sample_fmts=s16:channel_layouts=mono"))
    pieces = [frame.to_ndarray()[0] >> 8 for frame in through(decode(recording), chain)]
    samples = np.concatenate(pieces)
    columns = np.array_split(samples, min(COLUMNS, len(samples)))
    return [(int(column.min()), int(column.max())) for column in columns]
