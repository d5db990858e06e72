"""Recordings made for the tests, and how to compare them with what was played."""

import hashlib
import struct
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile
from scipy.signal import correlate

from station_agent.player.wire import SAMPLE_RATE, Play

Samples = NDArray[np.float32]


def speech_like(seconds: float, seed: int = 1) -> Samples:
    """Return syllables of a rising and falling voice: nothing in it repeats."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    knots = np.arange(0, seconds + 0.4, 0.2)
    pitch = 180 + 60 * np.interp(t, knots, rng.random(len(knots)))
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    voice = sum(np.sin(k * phase) / k for k in (1, 2, 3, 5, 8))
    syllables = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * t + rng.random())
    noise = 0.05 * rng.standard_normal(len(t))
    return (0.2 * (voice * syllables + noise)).astype(np.float32)


def write_opus(path: Path, samples: Samples) -> Path:
    """Encode as the server does: Ogg/Opus 32 kbps mono, 20 ms frames."""
    with av.open(str(path), "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = 32_000
        for at in range(0, len(samples), 960):
            frame = av.AudioFrame.from_ndarray(
                samples[None, at : at + 960], format="flt", layout="mono"
            )
            frame.sample_rate, frame.pts = SAMPLE_RATE, at
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def write_wav(path: Path, samples: Samples) -> Path:
    """Write 16-bit mono."""
    wavfile.write(path, SAMPLE_RATE, np.rint(samples * 32767).astype("<i2"))
    return path


def read_wav(path: str | Path) -> Samples:
    """Read by scipy, which knows nothing of our writer; warnings (a bad header) are errors."""
    rate, samples = wavfile.read(path)
    assert rate == SAMPLE_RATE
    return (samples / 32767).astype(np.float32)


def data_bytes_listed(path: Path) -> int:
    """Return how many bytes of samples the header promises."""
    return int(struct.unpack("<I", path.read_bytes()[40:44])[0])


def play(path: Path, run: str = "run-1", **fields: object) -> Play:
    """Return the command for a file as it is now."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Play(run=run, path=str(path), sha256=sha256, **fields)  # type: ignore[arg-type] # tests


def likeness(played: Samples, original: Samples) -> tuple[float, int]:
    """Return the peak of the normalised cross-correlation and the lag of `played` there."""
    products = correlate(played, original, mode="full", method="fft")
    peak = int(np.argmax(np.abs(products)))
    energy = np.sqrt(np.sum(played**2) * np.sum(original**2))
    return float(products[peak] / energy), peak - (len(original) - 1)
