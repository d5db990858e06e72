"""The filters of the profiles, as their impulse responses at the player's rate.

A filter is a `Taps`: `latency` samples pass before what goes in has come out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_agent.player.ports import Block
from station_agent.player.wire import SAMPLE_RATE

Response = NDArray[np.complex128]

# Under its cutoff a horn does not load its driver: the diaphragm swings freely and breaks. Common
# horns give up between 250 and 300 Hz; intelligibility needs nothing below 300 Hz.
HORN_LOW_HZ = 275.0
HORN_HIGH_HZ = 8000.0  # above it a horn gives next to nothing: heat in the coil, no sound
# Consonants are told apart between 2 and 4 kHz: 3 dB more in the middle of it (by frequency
# ratio), wide enough that its ends have 2 dB.
PRESENCE_HZ, PRESENCE_DB, PRESENCE_Q = 2828.0, 3.0, 0.7
# Poles of a Butterworth filter of the 4th order, in two pairs: Q = 1 / (2 cos(π/8)), … (3π/8)
BUTTERWORTH_Q = (0.5412, 1.3066)
# The slowest pair of poles has fallen by 120 dB after 21 ms: below the last of 16 bits.
HORN_TAPS = 1024
# FM passes 15 kHz and keeps clear of the pilot at 19 kHz (ITU-R BS.450). Kaiser's formula: 60 dB
# over these 4 kHz are 45 taps with β = 5.65, the edge half-way.
FM_EDGE_HZ, FM_TAPS, FM_BETA = 17_000.0, 45, 5.65


@dataclass(frozen=True)
class Taps:
    """An impulse response and how many of its samples are mere delay."""

    values: Block
    latency: int


def horn() -> Taps:
    """High-pass, presence, low-pass: as causal as their analogue models, so without a delay.

    The bilinear transform (as for biquads) is taken on the unit circle: there it only warps the
    frequencies. So no coefficients are needed, and nothing runs recursively.
    """
    high = _highpass(_warped(HORN_LOW_HZ))
    low = _highpass(1 / _warped(HORN_HIGH_HZ))  # a low-pass is its mirror
    response = high * low * _bell(_warped(PRESENCE_HZ))
    # Twice as long as needed: what the circle folds back is 240 dB down.
    return Taps(np.fft.irfft(response)[:HORN_TAPS].astype(np.float32), latency=0)


def fm() -> Taps:
    """A low-pass of linear phase: its peaks stay where they were, half its length later."""
    middle = FM_TAPS // 2
    width = 2 * FM_EDGE_HZ / SAMPLE_RATE
    values = np.sinc(width * (np.arange(FM_TAPS) - middle)) * np.kaiser(FM_TAPS, FM_BETA)
    return Taps((values / values.sum()).astype(np.float32), latency=middle)


def _warped(corner_hz: float) -> Response:
    """Return s of the analogue model with its corner at 1, at `HORN_TAPS` + 1 frequencies.

    Neither end itself, where s is 0 or infinite, but as near as makes no difference.
    """
    angle = np.linspace(1e-9, 1 - 1e-9, HORN_TAPS + 1) * np.pi / 2
    warped: Response = 1j * np.tan(angle) / np.tan(np.pi * corner_hz / SAMPLE_RATE)
    return warped


def _highpass(s: Response) -> Response:
    first, second = (s**2 / (s**2 + s / q + 1) for q in BUTTERWORTH_Q)
    return first * second


def _bell(s: Response) -> Response:
    """The peaking equaliser of the Audio EQ Cookbook (Bristow-Johnson)."""
    a = 10 ** (PRESENCE_DB / 40)
    bell: Response = (s**2 + s * a / PRESENCE_Q + 1) / (s**2 + s / (a * PRESENCE_Q) + 1)
    return bell
