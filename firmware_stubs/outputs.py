"""Turns the board's coils into levels of pins, and looks at what the pins really are."""

from firmware_stubs import registers as r
from firmware_stubs.board import Board

WAKE_TONE_HZ = 1750  # the tone burst that opens radio relays; receivers of that kind are sold
VOLUME_HZ = 50_000  # far above what the low-pass behind it lets through
FULL = 65_535

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    class Tone(Protocol):
        """A pin that gives pulses."""

        def duty_u16(self, __duty: int) -> None: ...


class Outputs:
    """Relays are the pins of amplifier, unmute, transmitter and fan.

    All pull in with a high level and every pin is low through a reset: so the second, which lets
    sound through, is the contrary of SPK_MUTE.
    """

    def __init__(self, relays: "Sequence[Any]", wake: "Tone", volume: "Tone") -> None:
        self._relays = relays
        self._wake = wake
        self._volume = volume

    def drive(self, board: Board) -> list[int]:
        """Set every output; return what the outputs are seen to be."""
        seen = []
        for coil, relay in enumerate(self._relays):
            inverted = 1 if coil == r.SPK_MUTE else 0
            relay.value(board.coils[coil] ^ inverted)
            seen.append(relay.value() ^ inverted)
        tone = board.coils[r.WAKE_TONE]
        self._wake.duty_u16(FULL // 2 if tone else 0)
        self._volume.duty_u16(board.volume_percent * FULL // 100)
        seen.append(tone)  # pulses cannot be read back as a level
        return seen
