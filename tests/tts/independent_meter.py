"""A second opinion on loudness and true peak, from a meter that shares no code with ours."""

import math
import sys
from pathlib import Path

import numpy as np

from tests.tts.tones import RATE_HZ, Samples


def decoded(recording: Path) -> Samples:
    """What a station hears: the samples of a recording at 48 kHz mono, by PyAV alone."""
    import av  # noqa: PLC0415 - keeps this meter free of our own reader

    with av.open(str(recording)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.float64)


def loudness_and_true_peak(samples: Samples) -> tuple[float, float]:
    """(LUFS, dBTP) of mono samples: libebur128, or pyloudnorm and scipy where it has no wheel."""
    if sys.version_info < (3, 13):
        import pyebur128 as meter  # noqa: PLC0415 - not on every Python

        mode = meter.MeasurementMode.MODE_I | meter.MeasurementMode.MODE_TRUE_PEAK
        state = meter.R128State(1, RATE_HZ, mode)
        state.add_frames(samples, len(samples))
        peak = meter.get_true_peak(state, 0)
        return meter.get_loudness_global(state), 20 * math.log10(peak)
    import pyloudnorm  # noqa: PLC0415 - only there
    from scipy.signal import resample_poly  # noqa: PLC0415 - only there

    loudness = float(pyloudnorm.Meter(RATE_HZ).integrated_loudness(samples))
    return loudness, 20 * math.log10(float(np.abs(resample_poly(samples, 4, 1)).max()))
