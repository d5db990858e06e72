"""Loudness and true peak of a sound, by ITU-R BS.1770 / EBU R128."""

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

from av import AudioFrame

from tts.frames import RATE_HZ, through

# BS.1770's absolute gate: what lies below is no sound; the meter reports it for silence.
GATE_LUFS = -70.0


class Measure(NamedTuple):
    """`integrated` and `momentary_max` in LUFS, `true_peak` in dBTP, `samples` at 48 kHz.

    -inf peaks mean digital silence; an `integrated` at the gate (-70) means none.
    """

    integrated: float
    momentary_max: float
    true_peak: float
    samples: int

    def fainter(self, db: float) -> "Measure":
        """Of the same sound, turned down."""
        levels = (self.integrated - db, self.momentary_max - db, self.true_peak - db)
        return Measure(*levels, self.samples)


def measure(frames: Iterable[AudioFrame], peaks: Literal["true", "sample"] = "true") -> Measure:
    """Measure a stream. s16 comes first: a NaN in a float file would poison the meter.

    With "sample" peaks, at half the work, `true_peak` may be up to 3 dB too low.
    """
    integrated, momentary, peak, samples = GATE_LUFS, GATE_LUFS, 0.0, 0
    chain = (
        ("aformat", "sample_fmts=s16"),
        ("aresample", f"{RATE_HZ}"),
        ("ebur128", f"metadata=1:peak={peaks}:framelog=quiet"),
    )
    for frame in through(frames, chain):
        samples += frame.samples
        facts = frame.metadata
        integrated = float(facts.get("lavfi.r128.I", integrated))
        momentary = max(momentary, float(facts.get("lavfi.r128.M", momentary)))
        # These are linear, not dB (their name in the summary says otherwise).
        found = (v for k, v in facts.items() if k.startswith(f"lavfi.r128.{peaks}_peaks_ch"))
        peak = max(peak, *map(float, found), 0.0)
    return Measure(integrated, momentary, decibels(peak), samples)


def decibels(linear: float) -> float:
    """20·log10, with silence as -inf."""
    return 20 * math.log10(linear) if linear > 0 else -math.inf
