"""Sounds with known properties, written as WAV files for the tests."""

import wave
from pathlib import Path
from typing import Any

import numpy as np

Samples = np.ndarray[Any, np.dtype[np.float64]]
RATE_HZ = 48_000


def sine(hertz: float, dbfs: float, seconds: float, phase_deg: float = 0.0) -> Samples:
    """A mono sine, -1…1."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return 10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * time + np.deg2rad(phase_deg))


def write(path: Path, samples: Samples, rate_hz: int = RATE_HZ) -> Path:
    """Samples (n,) or (n, channels) as 16-bit WAV."""
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2").tobytes())
    return path


def read(path: Path) -> Samples:
    """All samples of a mono 16-bit WAV, -1…1."""
    with wave.open(str(path)) as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32768
