"""A WAV file that is whole at every instant, even if its writer is killed."""

import os
import struct
from pathlib import Path

import numpy as np

from station_agent.player.ports import Block
from station_agent.player.wire import SAMPLE_RATE

HEADER_BYTES = 44
FULL_SCALE = 32767  # 16 bits: what a sound card takes
LARGEST_DATA = 0xFFFF_FFFF - HEADER_BYTES  # sizes are 32 bits; 12 hours, the rest stays unlisted


class WavFile:
    """16-bit mono samples appended to a new file; never overwrites one. Methods raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data_bytes = 0
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        try:
            self._write(header(0))
        except OSError:
            self.close()
            raise

    def append(self, block: Block) -> None:
        """Add samples, then list them in the header: a header never promises what is not there."""
        data = to_int16(block).tobytes()
        self._write(data)
        self._data_bytes += len(data)
        os.pwrite(self._fd, header(self._data_bytes), 0)

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def _write(self, data: bytes) -> None:
        if os.write(self._fd, data) < len(data):
            raise OSError(f"disk full: {self.path}")


def header(data_bytes: int) -> bytes:
    """Return the RIFF/WAVE header of so many bytes of 16-bit mono samples."""
    size = min(data_bytes, LARGEST_DATA)
    riff = struct.pack("<4sI4s", b"RIFF", size + HEADER_BYTES - 8, b"WAVE")
    # PCM (1), one channel, rate, bytes a second, bytes a frame, bits a sample
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16)
    return riff + fmt + struct.pack("<4sI", b"data", size)


def to_int16(block: Block) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    """Return the samples as 16-bit integers; what is beyond full scale is clipped."""
    scaled = np.rint(np.clip(block, -1.0, 1.0) * FULL_SCALE)
    return scaled.astype("<i2")
