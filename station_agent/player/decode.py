"""Decodes a recording to samples, from any sample on, exactly."""

from collections.abc import Iterator
from types import TracebackType
from typing import BinaryIO

import av
import numpy as np

from station_agent.player.errors import DamagedError, UnsupportedError
from station_agent.player.ports import Block
from station_agent.player.wire import SAMPLE_RATE

# First bytes of a file -> the only demuxer it is given to. FFmpeg left to guess would follow a
# playlist to other files (reference: `file://` segments in an HLS list named .mp3).
FORMATS = {b"OggS": "ogg", b"RIFF": "wav"}
CODECS = frozenset({"opus", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"})
FULL_SCALE = {"int16": 2**15, "int32": 2**31}  # 24 bits come as 32
# An Opus decoder needs 80 ms to settle after a jump (RFC 7845 §4.6); a second more costs 4 ms.
PREROLL = SAMPLE_RATE


class Decoding:
    """An open recording; a context manager. The file stays the caller's to close."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        """Open at sample `offset`. Raises UnsupportedError, DamagedError."""
        name = FORMATS.get(file.read(4))
        if name is None:
            raise UnsupportedError("Chỉ phát được tệp Ogg/Opus hoặc WAV")
        file.seek(0)
        self._offset = offset
        try:
            self._container = av.open(
                file, "r", format=name, options={"format_whitelist": "ogg,wav"}
            )
            self._stream = self._container.streams.audio[0]
        except (av.FFmpegError, IndexError) as error:
            raise DamagedError(f"Tệp âm thanh hỏng: {error}") from error
        self._refuse_other_kinds()

    def _refuse_other_kinds(self) -> None:
        codec = self._stream.codec_context
        if codec.name not in CODECS or codec.sample_rate != SAMPLE_RATE:
            raise UnsupportedError(f"Không phát được {codec.name} {codec.sample_rate} Hz")

    @property
    def total_samples(self) -> int | None:
        """Length of the whole recording, as its container says."""
        if self._stream.duration is None:
            return None
        codec = self._stream.codec_context
        # Ogg counts the pre-skip in: bytes 10 and 11 of the header (RFC 7845 §5.1).
        header = codec.extradata or b""
        skip = int.from_bytes(header[10:12], "little") if codec.name == "opus" else 0
        return max(0, self._stream.duration - skip)

    def blocks(self) -> Iterator[Block]:
        """Yield the samples from the offset on. Raises DamagedError."""
        try:
            if self._offset > PREROLL:
                self._container.seek(self._offset - PREROLL, stream=self._stream)
            for frame in self._container.decode(self._stream):
                block = self._from_offset(frame)
                if len(block):
                    yield block
        except av.FFmpegError as error:
            raise DamagedError(f"Tệp âm thanh hỏng: {error}") from error

    def _from_offset(self, frame: av.AudioFrame) -> Block:
        if frame.pts is None:
            raise DamagedError("Tệp âm thanh hỏng: thiếu mốc thời gian")
        return to_mono(frame)[max(0, self._offset - frame.pts) :]

    def __enter__(self) -> "Decoding":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._container.close()


def to_mono(frame: av.AudioFrame) -> Block:
    """Return the mean of the channels, full scale ±1.

    Not by FFmpeg's resampler: it comes as a filter graph, with a thread and its memory for each
    core.
    """
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    mono: Block = samples.mean(axis=0, dtype=np.float32)
    return mono / np.float32(FULL_SCALE.get(samples.dtype.name, 1))
