"""What the boards with a chip have in common: relays, tones, RS-485, the chip's watchdog."""

import time

import machine

from firmware_stubs import registers as r
from firmware_stubs.board import Board, Senses
from firmware_stubs.elapsed import Elapsed
from firmware_stubs.outputs import VOLUME_HZ, WAKE_TONE_HZ, Outputs
from firmware_stubs.probes import Probes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from firmware_stubs.probes import FrontEnd

WATCHDOG_MS = 2000  # a turn takes some 50 ms; the RP2040 allows 8,388
LISTEN_US = 200  # between looks at the line: a tenth of the silence that ends a frame


def low(number: int) -> machine.Pin:
    """Return an output, low from its first instant."""
    return machine.Pin(number, machine.Pin.OUT, value=0)


def wire(number: int) -> machine.Pin:
    """Return an input that is low while its contact to ground is closed."""
    return machine.Pin(number, machine.Pin.IN, machine.Pin.PULL_UP)


class Pins:
    """Where a board's things are; relays in the order amplifier, unmute, transmitter, fan."""

    def __init__(
        self,
        *,
        relays: tuple[int, int, int, int],
        wake: int,
        volume: int,
        uart: int,
        tx: int,
        rx: int,
        send: int,
    ) -> None:
        self.relays = relays
        self.wake = wake
        self.volume = volume
        self.uart = uart
        self.tx = tx
        self.rx = rx
        self.send = send


class ChipHal:
    """The relays come first: they are low before anything else can fail."""

    def __init__(
        self, pins: Pins, front_end: "Callable[[], FrontEnd]", causes: dict[int, int]
    ) -> None:
        relays = [low(number) for number in pins.relays]
        wake = machine.PWM(machine.Pin(pins.wake), freq=WAKE_TONE_HZ, duty_u16=0)
        volume = machine.PWM(machine.Pin(pins.volume), freq=VOLUME_HZ, duty_u16=0)
        self._outputs = Outputs(relays, wake, volume)
        self._probes = Probes(front_end())
        self._sending = low(pins.send)
        tx, rx = machine.Pin(pins.tx), machine.Pin(pins.rx)
        self._uart = machine.UART(pins.uart, r.BAUD, tx=tx, rx=rx, timeout=0)
        self._elapsed = Elapsed(time.ticks_us, time.ticks_diff)
        self._causes = causes
        self._watchdog = machine.WDT(timeout=WATCHDOG_MS)

    def reset_cause(self) -> int:
        return self._causes.get(machine.reset_cause(), r.SOFTWARE)

    def now_us(self) -> int:
        return self._elapsed.now_us()

    def receive(self, wait_ms: int) -> bytes:
        begun = time.ticks_ms()
        while not self._uart.any() and time.ticks_diff(time.ticks_ms(), begun) < wait_ms:
            time.sleep_us(LISTEN_US)
        return self._uart.read() or b""

    def send(self, frame: bytes) -> None:
        self._sending.value(1)
        self._uart.write(frame)
        self._uart.flush()  # until the last bit is on the line
        self._sending.value(0)

    def sense(self) -> Senses:
        return self._probes.look(self.now_us() // 1000)

    def drive(self, board: Board) -> list[int]:
        return self._outputs.drive(board)

    def alive(self) -> None:
        self._watchdog.feed()
