"""The finished sound of a bulletin: a file named by its sha256, and what was measured of it."""

import hashlib
import os
from pathlib import Path

import msgspec

# Every recording has this form, so that stations decode one thing (reference: Opus 32 kbps
# mono is half the size of the MP3 of equal quality, and starts on the exact sample).
FORMAT = "ogg/opus"
SUFFIX = ".ogg"

# Lowest and highest sample of up to 1,000 even stretches of a sound, in turn, −99…99.
Waveform = tuple[int, ...]


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """Measured on the decoded Opus, not on what went into the encoder.

    `samples` are at 48 kHz mono; `loudness_lufs` is None for a clip too short (< 0.4 s) to have
    an integrated loudness (ITU-R BS.1770-5).
    """

    sha256: str
    path: str
    size: int
    duration_ms: int
    samples: int
    loudness_lufs: float | None
    true_peak_dbtp: float
    format: str = FORMAT


class Mastered(msgspec.Struct, frozen=True):
    """A recording and its outline."""

    recording: Recording
    waveform: Waveform


def shelve(file: Path, out_dir: Path) -> tuple[str, Path]:
    """Move `file` into `out_dir` under its sha256, atomically; return the hash and the path."""
    with file.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        os.fsync(source.fileno())
    place = out_dir / f"{sha256}{SUFFIX}"
    file.replace(place)
    return sha256, place
