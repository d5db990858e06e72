"""What the file sink of a station has written since somebody last looked."""

from collections.abc import Iterator
from pathlib import Path

HEADER = 44  # bytes of a plain WAV


class SinkTail:
    """New samples of a folder of WAVs, 16-bit mono."""

    def __init__(self, sink: Path) -> None:
        self._sink = sink
        self._read: dict[Path, int] = {}

    def new(self, together: int = 1) -> Iterator[bytes]:
        """File by file; of each a whole number of groups of so many samples."""
        unit = 2 * together
        for file in sorted(self._sink.glob("*.wav")):
            since = self._read.get(file, HEADER)
            with file.open("rb") as wav:
                wav.seek(since)
                data = wav.read()
            data = data[: len(data) // unit * unit]
            self._read[file] = since + len(data)
            yield data
