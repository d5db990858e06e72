"""Speech for tests: espeak-ng reads a text, again and again, for as long as is asked for."""

import subprocess
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly


def espeak(
    text: str, folder: Path, rate: int, seconds: float, voice: str = "vi"
) -> NDArray[np.int16]:
    """So many seconds of it at `rate`; `folder` takes a file."""
    file = folder / "speech.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(file), text], check=True)
    with wave.open(str(file), "rb") as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2")
        spoken = resample_poly(samples.astype(np.float64), rate, wav.getframerate())
    whole: NDArray[np.int16] = (
        np.resize(spoken, int(seconds * rate)).clip(-32_768, 32_767).astype(np.int16)
    )
    return whole
