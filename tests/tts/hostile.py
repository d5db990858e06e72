"""Files that strangers upload: good ones in every form, and bad ones of every kind."""

import random
import struct
from pathlib import Path

import av
import numpy as np

from tests.tts.tones import RATE_HZ, Samples, sine


def encode(
    path: Path, samples: Samples, container: str, codec: str, rate_hz: int = RATE_HZ
) -> Path:
    """Mono samples in any container and codec that FFmpeg can write."""
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate_hz, layout="mono")
        stream.bit_rate = 64_000
        for at in range(0, len(samples), rate_hz):
            block = (samples[at : at + rate_hz] * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block[np.newaxis], format="s16", layout="mono")
            frame.sample_rate = rate_hz
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def speech(seconds: float) -> Samples:
    """Something that is clearly sound and hard to compress."""
    noise = np.random.default_rng(1).normal(0, 0.1, round(seconds * RATE_HZ))
    return np.clip(sine(300, -12, seconds) + noise, -1, 1)


def program(path: Path) -> Path:
    """A Windows program whose name was changed."""
    path.write_bytes(b"MZ\x90\x00" + random.Random(2).randbytes(200_000))
    return path


def playlist(path: Path, target: Path) -> Path:
    """An HLS playlist that asks the decoder to read another file."""
    path.write_text(
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:60\n#EXTINF:60.0,\n"
        f"file://{target}\n#EXT-X-ENDLIST\n"
    )
    return path


def float_wav(path: Path, samples: Samples) -> Path:
    """A 32-bit float WAV, which may hold NaN and infinity."""
    data = samples.astype("<f4").tobytes()
    form = struct.pack("<HHIIHH", 3, 1, RATE_HZ, 4 * RATE_HZ, 4, 32)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data))
    path.write_bytes(
        b"RIFF" + struct.pack("<I", 4 + len(chunks) + len(data)) + b"WAVE" + chunks + data
    )
    return path


def lying_wav(path: Path, channels: int, rate_hz: int) -> Path:
    """A WAV whose header cannot be true."""
    form = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * 2, 2, 16)
    data = b"\x10\x20" * 4_000
    path.write_bytes(
        b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<I", 16) + form
        + b"data" + struct.pack("<I", len(data)) + data
    )  # fmt: skip  # in the order of the file
    return path
