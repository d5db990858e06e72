"""An ESP32 board with an RS-485 transceiver; its radio is never started.

Its converter is too slow for the pilot, so a rectifier behind a filter measures that.
"""

import machine

from firmware_stubs import calibration
from firmware_stubs import registers as r
from firmware_stubs.hal_chip import ChipHal, Pins, wire

WIRES = (13, 14, 27)  # door, mains, interlock: to ground when shut, present, closed
SENSORS = (32, 33, 34, 35, 36, 39)  # in the order of probes
PILOT = 26  # of the second converter, free because the radio is off


def _adc(number: int) -> machine.ADC:
    return machine.ADC(machine.Pin(number), atten=machine.ADC.ATTN_11DB)  # up to about 3.1 V


class Esp32FrontEnd:
    """The sensors as this board has them."""

    def __init__(self) -> None:
        self._wires = [wire(number) for number in WIRES]
        self._sensors = [_adc(number) for number in SENSORS]
        self._pilot = _adc(PILOT)

    def wires(self) -> tuple[int, int, int]:
        door, mains, interlock = [pin.value() for pin in self._wires]
        return door, 1 - mains, 1 - interlock

    def millivolts(self, channel: int) -> int:
        return self._sensors[channel].read_uv() // 1000

    def pilot_ma(self) -> int:
        return calibration.pilot_ma(self._pilot.read_uv() // 1000)


def esp32_hal() -> ChipHal:
    """Return the board; its outputs are safe then. None of its pins straps the boot."""
    pins = Pins(relays=(18, 19, 21, 22), wake=23, volume=25, uart=1, tx=17, rx=16, send=4)
    causes = {machine.PWRON_RESET: r.POWER_ON, machine.WDT_RESET: r.HARD_WATCHDOG}
    return ChipHal(pins, Esp32FrontEnd, causes)
