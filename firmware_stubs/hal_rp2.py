"""An RP2040 board (Raspberry Pi Pico) with RS-485 and an eight-way analogue switch."""

import time
from array import array

import machine
import rp2

from firmware_stubs import pilot
from firmware_stubs import registers as r
from firmware_stubs.calibration import PILOT_MA_PER_COUNT
from firmware_stubs.hal_chip import ChipHal, Pins, low, wire

WIRES = (16, 17, 18)  # door, mains, interlock: to ground when shut, present, closed
SWITCH = (19, 20, 21)  # which sensor stands at GP26
SENSORS, LINE = 26, 27

SETTLE_US = 20  # the switch and the converter's own capacitor
SUPPLY_MV = 3300

# RP2040 datasheet, 4.9.6: the converter's registers, for samples that come without a gap
ADC_CS, ADC_FCS, ADC_FIFO, ADC_DIV = 0x4004C000, 0x4004C008, 0x4004C00C, 0x4004C010
CS_LINE = 1 | 1 << 12  # on, at input 1
CS_MANY = 1 << 3
FCS_DMA = 1 | 1 << 3 | 1 << 24  # fill the queue, ask DMA for each sample
DIV_SAMPLE = (48_000_000 // pilot.SAMPLE_HZ - 1) << 8  # the converter's clock is 48 MHz
DREQ_ADC = 36
SAMPLES_LATE_MS = 20  # 500 samples take 5 ms


class Rp2FrontEnd:
    """The sensors as this board has them."""

    def __init__(self) -> None:
        self._wires = [wire(number) for number in WIRES]
        self._switch = [low(number) for number in SWITCH]
        self._adc = machine.ADC(SENSORS)
        self._line = machine.ADC(LINE)  # makes its pin an analogue one
        self._dma = rp2.DMA()
        self._samples = array("H", bytes(2 * pilot.SAMPLES))

    def wires(self) -> tuple[int, int, int]:
        door, mains, interlock = [pin.value() for pin in self._wires]
        return door, 1 - mains, 1 - interlock

    def millivolts(self, channel: int) -> int:
        for n, pin in enumerate(self._switch):
            pin.value(channel >> n & 1)
        time.sleep_us(SETTLE_US)
        return self._adc.read_u16() * SUPPLY_MV // 65_535

    def pilot_ma(self) -> int:
        if not self._take_samples():
            return 0
        return round(pilot.amplitude(self._samples) * PILOT_MA_PER_COUNT)

    def _take_samples(self) -> bool:
        """Fill the samples by DMA; False when they did not come."""
        machine.mem32[ADC_CS] = CS_LINE
        machine.mem32[ADC_FCS] = FCS_DMA
        machine.mem32[ADC_DIV] = DIV_SAMPLE
        ctrl = self._dma.pack_ctrl(size=1, inc_read=False, treq_sel=DREQ_ADC)
        count = len(self._samples)
        self._dma.config(read=ADC_FIFO, write=self._samples, count=count, ctrl=ctrl, trigger=True)
        machine.mem32[ADC_CS] = CS_LINE | CS_MANY
        begun = time.ticks_ms()
        while self._dma.active() and time.ticks_diff(time.ticks_ms(), begun) < SAMPLES_LATE_MS:
            pass
        whole = not self._dma.active()
        self._dma.active(False)
        self._rest()
        return whole

    def _rest(self) -> None:
        """Give the converter back to single readings, its queue empty."""
        machine.mem32[ADC_CS] = CS_LINE
        while machine.mem32[ADC_FCS] >> 16 & 0xF:
            machine.mem32[ADC_FIFO]
        machine.mem32[ADC_FCS] = 0
        machine.mem32[ADC_DIV] = 0


def rp2_hal() -> ChipHal:
    """Return the board; its outputs are safe then."""
    pins = Pins(relays=(6, 7, 8, 9), wake=10, volume=12, uart=0, tx=0, rx=1, send=2)
    causes = {machine.PWRON_RESET: r.POWER_ON, machine.WDT_RESET: r.HARD_WATCHDOG}
    return ChipHal(pins, Rp2FrontEnd, causes)
