"""What receivers that are not ours hear in sound: multimon-ng (DTMF) and minimodem (FSK)."""

import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 48_000
MULTIMON_RATE = 22_050  # the only one it takes without a converter

Sound = NDArray[np.float64]


def read_wav(path: Path) -> Sound:
    """Return a 16-bit mono WAV as samples of full scale 1."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, RATE)
        raw = file.readframes(file.getnframes())
    return np.frombuffer(raw, dtype="<i2").astype(np.float64) / 32768


def with_noise(sound: Sound, level: float) -> Sound:
    """Add white noise with this standard deviation."""
    return sound + np.random.default_rng(7).normal(0, level, len(sound))


def dtmf(sound: Sound) -> str:
    """Return the keys that multimon-ng hears."""
    slow = signal.resample_poly(sound, 147, 320)
    words = ["multimon-ng", "-q", "-a", "DTMF", "-t", "raw", "-"]
    raw = (np.clip(slow, -1, 1) * 32767).astype("<i2").tobytes()
    done = subprocess.run(words, input=raw, capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    return "".join(line.split()[1] for line in lines if line.startswith("DTMF:"))


def fsk(sound: Sound, baud: int) -> bytes:
    """Return the bytes that minimodem hears, with what it makes of noise."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
        file.flush()
        words = ["minimodem", "--rx", str(baud), "--quiet", "-f", file.name]
        return subprocess.run(words, capture_output=True, check=True).stdout
