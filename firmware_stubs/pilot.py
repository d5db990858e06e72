"""Measures the 20 kHz pilot on the loudspeaker line: how much current still reaches its end."""

from math import cos, pi, sqrt

SAMPLE_HZ = 100_000  # what the RP2040's converter gives without a gap
SAMPLES = 500  # 5 ms: bins 200 Hz apart, so 20 kHz is bin 100 and speech falls between bins
PILOT_HZ = 20_000


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def amplitude(samples: "Sequence[int]", hz: int = PILOT_HZ) -> float:
    """Return the amplitude of `hz` in samples taken at SAMPLE_HZ, by Goertzel's recurrence."""
    twice = 2 * cos(2 * pi * hz / SAMPLE_HZ)
    mean = sum(samples) / len(samples)
    last = before = 0.0
    for sample in samples:
        last, before = sample - mean + twice * last - before, last
    power = last * last + before * before - twice * last * before
    return 2 * sqrt(max(power, 0.0)) / len(samples)
