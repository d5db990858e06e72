"""Receivers that are opened by a code one can hear: DTMF or FSK in the programme itself."""

import hashlib
import io
import sys
import wave
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from station_agent.hardware.errors import HardwareError
from station_agent.hardware.fm.coded.tones import RATE, Samples
from station_agent.hardware.ports import Reach

REPEATS = 2  # a code that was missed once is heard again; more is a nuisance to the village
UNTIL_RELEASED_S = 30 * 86_400.0  # these receivers stay open until they hear the closing code


class Signal(Struct, frozen=True):
    """A recording of a code on the disk."""

    path: Path
    sha256: str


class Sounder(Protocol):
    """Whoever can put a signal on the air."""

    def sound(self, signal: Signal) -> None:
        """Return when its last sample has sounded. Raises HardwareError."""


class Code(Struct, frozen=True):
    """A code as it sounds, and where its recording lies."""

    samples: Samples
    path: Path


class Sounded:
    """See the port Receivers. Whoever has heard a code can repeat it."""

    keep_alive_s = UNTIL_RELEASED_S

    def __init__(self, sounder: Sounder, opening: Code, closing: Code) -> None:
        self._sounder, self._opening, self._closing = sounder, opening, closing
        self._sounded = 0

    def wake(self, reach: Reach) -> None:  # noqa: ARG002  one code opens all of them
        """See the port. Those that are open already are not disturbed in the programme."""
        if self._sounded < REPEATS:
            self._sounder.sound(recorded(self._opening))
            self._sounded += 1

    def release(self, reach: Reach) -> None:  # noqa: ARG002  and one closes them
        """See the port."""
        self._sounded = 0
        self._sounder.sound(recorded(self._closing))

    def close(self) -> None:
        """See the port."""


def recorded(code: Code) -> Signal:
    """Return the WAV of a code; it is written unless it lies there. Raises HardwareError."""
    content = _wav(code.samples)
    try:
        if not (code.path.exists() and code.path.read_bytes() == content):
            code.path.parent.mkdir(parents=True, exist_ok=True)
            code.path.write_bytes(content)
    except OSError as error:
        raise HardwareError(f"không ghi được mã gọi: {error}") from error
    return Signal(code.path, hashlib.sha256(content).hexdigest())


def _wav(samples: Samples) -> bytes:
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return made.getvalue()
