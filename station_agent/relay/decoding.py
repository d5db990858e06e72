"""Decodes a stream of MP3, AAC (ADTS) or Ogg (Opus, Vorbis) to 16-bit mono at 48 kHz."""

from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse

import av

from station_agent.relay.errors import StreamError

FORMATS = "mp3,aac,ogg"  # none of them leads to another address or a file
CODECS = frozenset({"mp3", "mp3float", "aac", "opus", "libopus", "vorbis"})
RATE = 48_000
# A second of speech is 4 to 16 KB; more would begin late, less is guessed wrong.
PROBE_BYTES = "32768"


def samples_of(body: HTTPResponse) -> Iterator[bytes]:
    """Yield blocks of samples until the stream ends. Raises StreamError."""
    options = {"format_whitelist": FORMATS, "probesize": PROBE_BYTES}
    try:
        with av.open(body, "r", options=options, buffer_size=4096) as container:
            stream = container.streams.audio[0]
            if stream.codec_context.name not in CODECS:
                raise StreamError(f"Không nhận kiểu âm thanh {stream.codec_context.name}")
            resampler = av.AudioResampler("s16", "mono", RATE)
            for frame in container.decode(stream):
                for even in resampler.resample(frame):
                    yield even.to_ndarray().astype("<i2", copy=False).tobytes()
    except (av.FFmpegError, IndexError, OSError, HTTPException, MemoryError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StreamError(f"Luồng không phát được: {error}") from error
