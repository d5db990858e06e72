"""A stream in files, as HTTP Live Streaming sends it: written by FFmpeg, or listed by hand."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000


def write_hls(folder: Path, samples: NDArray[np.float32]) -> None:
    """Write `live.m3u8` and its segments of a second each, AAC in MPEG-TS, by FFmpeg's muxer."""
    options = {"hls_time": "1", "hls_list_size": "0"}
    with av.open(str(folder / "live.m3u8"), "w", format="hls", options=options) as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = 64_000
        for at in range(0, len(samples), 1024):
            part = samples[None, at : at + 1024]
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def listed(names: Sequence[str], first: int = 0, over: str = "") -> str:
    """A list of these segments, the first of them of that number."""
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:2", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    for name in names:
        lines += ["#EXTINF:2.0,", name]
    return "\n".join([*lines, over]) + "\n"


def tagged(segment: bytes, title: bytes = b"time" * 50) -> bytes:
    """With an ID3 tag at its head, as packed audio has."""
    size = bytes([0, 0, len(title) >> 7, len(title) & 0x7F])
    return b"ID3\4\0\0" + size + title + segment


def adts_frames(stream: bytes) -> list[bytes]:
    """The frames of an AAC stream (ISO 13818-7 §6.2: 13 bits of length from the 31st on)."""
    frames = []
    while stream:
        length = (stream[3] & 3) << 11 | stream[4] << 3 | stream[5] >> 5
        frames.append(stream[:length])
        stream = stream[length:]
    return frames
