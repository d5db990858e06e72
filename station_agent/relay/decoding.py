"""Decodes a stream of MP3, AAC, Ogg (Opus, Vorbis) or HLS to 16-bit mono at 48 kHz."""

import time
from collections.abc import Collection, Iterator
from functools import partial
from http.client import HTTPException
from urllib.parse import urlsplit

import av

from contract.errors import Unreadable
from contract.playlist import is_list
from contract.segments import Segments
from station_agent.relay.errors import StreamError
from station_agent.relay.opening import ask, fetched, sound_in
from station_agent.relay.pace import paced
from station_agent.relay.titles import Body

FORMATS = "mp3,aac,ogg,mpegts"  # none of them leads to another address or a file
CODECS = frozenset({"mp3", "mp3float", "aac", "opus", "libopus", "vorbis"})
RATE = 48_000
# A second of speech is 4 to 16 KB; more would begin late, less is guessed wrong.
PROBE_BYTES = "32768"


def received(url: str, hosts: Collection[str] = ()) -> Iterator[bytes]:
    """Yield blocks of samples of the granted address until it ends. Raises StreamError.

    It leads to its own host, and to those `hosts`.
    """
    granted = {urlsplit(url).hostname or "", *hosts}
    answer = ask(url, granted)
    if not is_list(answer.headers.get_content_type(), url):
        yield from samples_of(sound_in(answer))
        return
    answer.close()
    segments = Segments(url, partial(fetched, granted), time.sleep)
    yield from paced(samples_of(segments), time.monotonic, time.sleep)


def samples_of(body: Body) -> Iterator[bytes]:
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
    except Unreadable as error:
        raise StreamError(error.detail) from error
    except (av.FFmpegError, IndexError, OSError, HTTPException, MemoryError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StreamError(f"Luồng không phát được: {error}") from error
