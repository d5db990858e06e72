"""Our meter against EBU Tech 3341: loudness cases 1-6, true peak cases 15-19."""

from pathlib import Path

import numpy as np
import pytest
from av import AudioFrame

from tests.tts.tones import RATE_HZ, Samples, sine, write
from tts.frames import decode
from tts.meter import measure

STEREO = 2
LOUDNESS_CASES = {
    "1": ([(-23, 20)], -23.0),
    "2": ([(-33, 20)], -33.0),
    "3": ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
    "4": ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
    "5": ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
}
# (divisor of the sample rate, phase in degrees, amplitude in dB, expected dBTP)
PEAK_CASES = {
    "15": (4, 0, -6.0, -6.0),
    "16": (4, 45, -6.0, -6.0),
    "17": (6, 60, -6.0, -6.0),
    "18": (8, 67.5, -6.0, -6.0),
    "19": (4, 45, 3.0, 3.0),
}


def channels(mono: Samples, count: int) -> Samples:
    return np.stack([mono] * count, axis=1)


@pytest.mark.parametrize("case", LOUDNESS_CASES)
def test_integrated_loudness_is_within_a_tenth_of_tech_3341(case: str, tmp_path: Path) -> None:
    steps, expected = LOUDNESS_CASES[case]
    mono = np.concatenate([sine(1000, level, seconds) for level, seconds in steps])
    sound = write(tmp_path / "case.wav", channels(mono, STEREO))
    assert measure(decode(sound)).integrated == pytest.approx(expected, abs=0.1)


def test_surround_channels_weigh_more_as_in_case_6() -> None:
    levels = (-28, -28, -24, -30, -30)
    surround = np.stack([sine(1000, level, 20) for level in levels], axis=1)
    packed = (surround * 32767).astype(np.int16).reshape(1, -1)
    frame = AudioFrame.from_ndarray(packed, format="s16", layout="5.0")
    frame.sample_rate = RATE_HZ
    assert measure([frame]).integrated == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("case", PEAK_CASES)
def test_true_peak_is_within_the_tolerance_of_tech_3341(case: str, tmp_path: Path) -> None:
    divisor, phase, level, expected = PEAK_CASES[case]
    tone = sine(RATE_HZ / divisor, level, 1, phase)
    # A tone that begins at full level rings in any interpolator: that peak is not the case's.
    sound = write(tmp_path / "case.wav", tone * np.minimum(1, np.hanning(len(tone)) * 10))
    assert expected - 0.4 <= measure(decode(sound)).true_peak <= expected + 0.2


def test_silence_has_no_loudness_and_no_peak(tmp_path: Path) -> None:
    heard = measure(decode(write(tmp_path / "silence.wav", np.zeros(48_000))))
    assert heard.integrated == -70.0
    assert heard.true_peak == float("-inf")
