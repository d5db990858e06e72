"""Captures what is plugged into an input: an ALSA device, or a file that gives raw samples."""

from collections.abc import Iterator
from pathlib import Path

from station_agent.asound import Capture
from station_agent.relay.errors import StreamError

RATE = 48_000
BLOCK = RATE // 50  # 20 ms, as the player counts


def captured(where: str) -> Iterator[bytes]:
    """Yield blocks of 16-bit mono at 48 kHz from `alsa:DEVICE` or `file:PATH`.

    Raises StreamError. A named pipe is a file too.
    """
    kind, _, name = where.partition(":")
    return _from_file(Path(name)) if kind == "file" else _from_card(name)


def _from_file(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as file:
            yield from iter(lambda: file.read(BLOCK * 2), b"")
    except OSError as error:
        raise StreamError(f"Không đọc được ngõ vào: {error}") from error


def _from_card(device: str) -> Iterator[bytes]:
    try:
        card = Capture(device, RATE, "ngõ vào")
        while True:
            yield card.read(BLOCK)
    except OSError as error:
        raise StreamError(str(error)) from error
