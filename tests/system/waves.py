"""Sounds as arrays: what a station captured, what the recording holds, how alike they are."""

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from scipy.signal import correlate

RATE = 48_000
Sound = npt.NDArray[np.float64]


def decoded(file: Path) -> Sound:
    """Mono samples at 48 kHz."""
    with av.open(str(file)) as container:
        resampler = av.AudioResampler("flt", "mono", RATE)
        frames = [
            out.to_ndarray().reshape(-1)
            for frame in container.decode(audio=0)
            for out in resampler.resample(frame)
        ]
    return np.concatenate(frames).astype(np.float64)


def likeness(captured: Sound, recording: Sound) -> float:
    """The highest normalised cross-correlation over all shifts; 1 is the same sound."""
    length = min(len(captured), len(recording))
    a, b = captured[:length], recording[:length]
    scale = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.max(np.abs(correlate(a, b, method="fft")))) / scale if scale else 0.0
