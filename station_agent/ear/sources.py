"""Where the ear's samples come from: a sound card, or a pipe; 16 bits, mono, 8 kHz."""

from collections.abc import Callable
from pathlib import Path

from station_agent.asound import Capture

RATE = 8_000  # speech; half the bytes of 16 kHz for a card that sits on a USB hub
BLOCK = RATE // 10
Read = Callable[[], bytes]
"""The next BLOCK samples; b"" when nothing will come any more. Raises OSError."""


def open_source(source: str) -> Read:
    """Open `alsa:DEVICE` or `pipe:PATH`. Raises OSError with a sentence for people."""
    kind, _, where = source.partition(":")
    if kind == "alsa":
        card = Capture(where, RATE, "đầu thu âm thanh")
        return lambda: _whole(card.read)
    stream = Path(where).open("rb")  # noqa: SIM115 - for as long as the process listens
    return lambda: _whole(lambda count: stream.read(count * 2))


def _whole(read: Callable[[int], bytes]) -> bytes:
    """A whole block, of what comes piece by piece; b"" when it breaks off before."""
    block = b""
    while len(block) < BLOCK * 2:
        part = read(BLOCK - len(block) // 2)
        if not part:
            return b""
        block += part
    return block
