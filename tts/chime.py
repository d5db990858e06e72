"""The two-second chime that opens and closes every bulletin; made here, so it is ours."""

from typing import Any

import numpy as np

# Three rising bell notes (D5 F#5 A5, a major triad): attention without alarm. They lie between
# 580 and 900 Hz, where a horn is loud and an old ear still hears.
OPENING_HZ = (587.33, 739.99, 880.0)
CLOSING_HZ = tuple(reversed(OPENING_HZ))
NOTE_EVERY_S = 0.4
LENGTH_S = 2.0
# A bell: overtones fade faster than the note. (multiple, loudness, decays per second)
PARTIALS = ((1.0, 0.6, 3.0), (2.0, 0.25, 5.0), (3.0, 0.1, 8.0))
ATTACK_S = 0.008  # soft enough not to click
FADE_S = 0.15  # the last note does not stop dead
LEVEL = 0.35  # three ringing notes together stay below full scale

Curve = np.ndarray[Any, np.dtype[np.float64]]


def ring(notes_hz: tuple[float, ...], rate_hz: int) -> bytes:
    """The chime as s16 little-endian mono samples, `LENGTH_S` long."""
    total = int(LENGTH_S * rate_hz)
    mix = np.zeros(total)
    for number, note_hz in enumerate(notes_hz):
        first = int(number * NOTE_EVERY_S * rate_hz)
        mix[first:] += _bell(note_hz, np.arange(total - first) / rate_hz)
    fade = int(FADE_S * rate_hz)
    mix[-fade:] *= np.arange(fade, 0, -1) / fade
    return (32767 * LEVEL * mix).astype("<i2").tobytes()


def _bell(note_hz: float, age_s: Curve) -> Curve:
    ringing = np.zeros_like(age_s)
    for multiple, loudness, decay in PARTIALS:
        ringing += (
            loudness * np.exp(-decay * age_s) * np.sin(2 * np.pi * note_hz * multiple * age_s)
        )
    return np.minimum(1.0, age_s / ATTACK_S) * ringing
