"""Cuts the stream of a serial line into frames by silence, as Modbus RTU asks (3.5 characters)."""

MAX_FRAME = 256  # Modbus over serial line 1.02, 2.5.1


def silence_us(baud: int) -> int:
    """Return the silence that ends a frame; fixed above 19200 baud (same document, 2.5.1.1)."""
    return 1750 if baud > 19200 else 3_500_000 * 11 // baud


class Framing:
    """Collects bytes; a frame is what came between two silences.

    The shorter silence of 1.5 characters inside a frame is not judged: USB adapters hold bytes
    back for longer than that, and the checksum finds what was torn.
    """

    def __init__(self, baud: int) -> None:
        self.silence_us = silence_us(baud)
        self._bytes = b""
        self._heard_us = 0
        self._spoilt = False

    def pending(self) -> bool:
        """Tell whether a frame has begun."""
        return bool(self._bytes)

    def feed(self, now_us: int, data: bytes) -> None:
        """Take what has just arrived; what grows over the longest frame spoils itself."""
        self._heard_us = now_us
        self._spoilt = self._spoilt or len(self._bytes) + len(data) > MAX_FRAME
        self._bytes = data[:1] if self._spoilt else self._bytes + data

    def take(self, now_us: int) -> bytes | None:
        """Return the frame that silence has ended; None while there is none."""
        if not self._bytes or now_us - self._heard_us < self.silence_us:
            return None
        frame = b"" if self._spoilt else self._bytes
        self._bytes, self._spoilt = b"", False
        return frame or None
