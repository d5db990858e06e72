"""A serial line that is taken up again by itself after it was lost."""

import re
import termios
from contextlib import suppress

import serial

from station_agent.hardware.errors import NoAnswer

WRITE_PATIENCE_S = 0.5  # the longest frame, 260 bytes, takes 0.27 s at 9600 baud
LOST = (OSError, termios.error)  # SerialException is an OSError; flushing a pulled line is neither
_PLACE = re.compile(r"(?P<port>[^@]+)(@(?P<baud>\d+))?")
USUAL_BAUD = 9600  # of encoders and exciters whose manuals are public (hardware.md §3.4, §6)


class Line:
    """8N1 on `port`. Every call raises NoAnswer when the line is lost, and opens it when it was.

    `openings` counts how often it was opened: what hangs on it may have been without power before.
    """

    def __init__(self, port: str, baud: int = USUAL_BAUD) -> None:
        self.openings = 0
        self._port, self._baud = port, baud
        self._serial: serial.Serial | None = None

    def open(self) -> None:
        """Open the line unless it is."""
        try:
            self._opened()
        except LOST as error:
            raise self._lost(error) from error

    def write(self, data: bytes) -> None:
        """Forget what was heard before, and put `data` on the line."""
        try:
            line = self._opened()
            line.reset_input_buffer()
            line.write(data)
            line.flush()
        except LOST as error:
            raise self._lost(error) from error

    def read(self, wait_s: float) -> bytes:
        """Return what there is, or comes within `wait_s`; b"" when nothing does."""
        try:
            line = self._opened()
            line.timeout = max(0.0, wait_s)
            first = line.read(1)
            return first + line.read(line.in_waiting) if first else b""
        except LOST as error:
            raise self._lost(error) from error

    def close(self) -> None:
        """Let the line go; never raises."""
        held, self._serial = self._serial, None
        if held is not None:
            with suppress(*LOST):  # it is lost already
                held.close()

    def _opened(self) -> serial.Serial:
        if self._serial is None:
            self._serial = serial.Serial(
                self._port, self._baud, write_timeout=WRITE_PATIENCE_S, exclusive=True
            )
            self.openings += 1
        return self._serial

    def _lost(self, error: Exception) -> NoAnswer:
        self.close()
        return NoAnswer(f"mất cổng nối tiếp {self._port}: {error}")


def read_place(place: str) -> tuple[str, int]:
    """Read `/dev/ttyUSB1` or `/dev/ttyUSB1@19200`. Raises ValueError."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError(
            f"cổng nối tiếp phải có dạng /dev/ttyUSB1 hoặc /dev/ttyUSB1@19200: {place!r}"
        )
    return found["port"], int(found["baud"] or USUAL_BAUD)
