"""Asks the sensors: wires in every turn, voltages ten times a second, the pilot once a second."""

from firmware_stubs import calibration
from firmware_stubs.board import Senses

ANALOG_MS = 100  # the amplifier's current follows the syllables of speech, about four a second
PILOT_MS = 1000  # taking and judging its samples costs about 20 ms: two turns in a hundred

TEMPERATURE, MAINS, BATTERY, AMP, FORWARD, REFLECTED = range(6)  # channels of the front end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class FrontEnd(Protocol):
        """The chip's side of the sensors."""

        def wires(self) -> tuple[int, int, int]:
            """Return door open, mains present, interlock closed."""

        def millivolts(self, channel: int) -> int:
            """Return what stands at the converter."""

        def pilot_ma(self) -> int:
            """Measure the pilot."""


class Probes:
    """The last look at each sensor."""

    def __init__(self, front_end: "FrontEnd") -> None:
        self._front = front_end
        self._seen = Senses()
        self._analog_due_ms = 0
        self._pilot_due_ms = 0

    def look(self, now_ms: int) -> Senses:
        """Ask those that are due."""
        s = self._seen
        s.door_open, s.mains_present, s.interlock_closed = self._front.wires()
        if now_ms >= self._analog_due_ms:
            self._analog_due_ms = now_ms + ANALOG_MS
            self._look_at_voltages()
        if now_ms >= self._pilot_due_ms:
            self._pilot_due_ms = now_ms + PILOT_MS
            s.pilot_ma = self._front.pilot_ma()
        return s

    def _look_at_voltages(self) -> None:
        s, mv = self._seen, self._front.millivolts
        s.temperature_dc = calibration.temperature_dc(mv(TEMPERATURE))
        s.mains_dv = calibration.mains_dv(mv(MAINS))
        s.battery_mv = calibration.battery_mv(mv(BATTERY))
        s.amp_ma = calibration.amp_ma(mv(AMP))
        s.forward_dw = calibration.rf_dw(mv(FORWARD))
        s.reflected_dw = calibration.rf_dw(mv(REFLECTED))
