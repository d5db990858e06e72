"""What the profiles must do to a sound, by scipy; and meters of our own."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, firwin, kaiserord, resample_poly, sosfilt, sosfreqz

from contract.states import Profile
from station_agent.player.wire import SAMPLE_RATE
from tests.station_agent.player.recordings import Samples

FM_TAPS, FM_BETA = kaiserord(60.0, 4000 / (SAMPLE_RATE / 2))
FM = firwin(FM_TAPS | 1, 17_000, window=("kaiser", FM_BETA), fs=SAMPLE_RATE)


def horn_sections() -> NDArray[np.float64]:
    """Return the horn's filter as second-order sections, the bell by the cookbook's formulas."""
    angle = 2 * np.pi * 2828 / SAMPLE_RATE
    a, alpha = 10 ** (3 / 40), np.sin(angle) / (2 * 0.7)
    bell = [1 + alpha * a, -2 * np.cos(angle), 1 - alpha * a]
    bell += [1 + alpha / a, -2 * np.cos(angle), 1 - alpha / a]
    high = butter(4, 275, "high", fs=SAMPLE_RATE, output="sos")
    low = butter(4, 8000, "low", fs=SAMPLE_RATE, output="sos")
    return np.vstack([high, low, np.array(bell) / bell[3]])


def expected(profile: Profile, sound: Samples) -> Samples:
    """Return the sound after the profile's filter, each sample at its own instant."""
    if profile is Profile.HORN:
        shaped = sosfilt(horn_sections(), sound)
    else:
        shaped = np.convolve(sound, FM, "same")
    return np.asarray(shaped, np.float32)


def response_db(profile: Profile, hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much the profile's filter passes."""
    if profile is Profile.HORN:
        _, response = sosfreqz(horn_sections(), hz, fs=SAMPLE_RATE)
    else:
        delays = np.arange(len(FM))
        response = np.exp(-2j * np.pi * np.outer(hz, delays) / SAMPLE_RATE) @ FM
    return np.asarray(20 * np.log10(np.abs(response) + 1e-9))


def after_pre_emphasis(sound: Samples) -> Samples:
    """Return what an exciter with 50 µs makes of a sound that starts and ends in silence."""
    hz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    emphasised = np.fft.irfft(np.fft.rfft(sound) * (1 + 2j * np.pi * hz * 50e-6), len(sound))
    return np.asarray(emphasised, np.float32)


def true_peak_dbtp(sound: Samples) -> float:
    """Return the peak of the sound between its samples too (16 points a sample)."""
    return float(20 * np.log10(np.abs(resample_poly(sound, 16, 1)).max()))
