"""A chip without silicon: the modules `machine` and `rp2` as far as the firmware's boards use them.

chip = FakeChip()
monkeypatch.setitem(sys.modules, "machine", chip.machine())
"""

from array import array
from types import ModuleType
from typing import Any

from firmware_stubs.sim_world import samples

IDLE_MV = 0
PWRON, WDT, SOFT = 1, 3, 5
ROUND_US = 2**30  # of ticks on a 32-bit chip


class FakeChip:
    """Levels of pins, voltages, and a serial line, all in one's hand.

    `driven` is every level that was given to an output, in order; `outputs` the last ones.
    """

    def __init__(self) -> None:
        self.cause = PWRON
        self.driven: list[tuple[int, int]] = []
        self.outputs: dict[int, int] = {}
        self.duties: dict[int, int] = {}
        self.wires: dict[int, int] = {}
        self.millivolts: dict[int, int] = {}
        self.switched_mv: list[int] = [IDLE_MV] * 8
        self.switch: tuple[int, ...] = ()
        self.line_ma = 0
        self.arrived = b""
        self.sent: list[tuple[bytes, int]] = []
        self.direction = -1
        self.fed = 0
        self.now_us = ROUND_US - 4_000_000  # its counter comes round soon

    def drive(self, number: int, level: int) -> None:
        self.driven.append((number, level))
        self.outputs[number] = level

    def voltage(self, number: int) -> int:
        """What stands at a converter's pin; behind an analogue switch, what that lets through."""
        if not self.switch:
            return self.millivolts.get(number, IDLE_MV)
        chosen = sum(self.outputs[pin] << n for n, pin in enumerate(self.switch))
        return self.switched_mv[chosen]

    def ticks_us(self) -> int:
        """Come round as a chip's counter does."""
        self.now_us += 50
        return self.now_us % ROUND_US

    def ticks_ms(self) -> int:
        """The same for milliseconds."""
        self.now_us += 50
        return self.now_us // 1000 % ROUND_US

    def machine(self) -> ModuleType:
        """Return what `import machine` shall give."""
        module: Any = ModuleType("machine")
        for name, part in (
            ("Pin", Pin),
            ("ADC", ADC),
            ("PWM", PWM),
            ("UART", UART),
            ("WDT", Guard),
        ):
            setattr(module, name, type(name, (part,), {"chip": self}))
        module.mem32 = dict.fromkeys((0x4004C000, 0x4004C008, 0x4004C00C, 0x4004C010), 0)
        module.PWRON_RESET, module.WDT_RESET, module.SOFT_RESET = PWRON, WDT, SOFT
        module.reset_cause = lambda: self.cause
        return module

    def rp2(self) -> ModuleType:
        """Return what `import rp2` shall give."""
        module: Any = ModuleType("rp2")
        module.DMA = type("DMA", (DMA,), {"chip": self})
        return module


class Pin:
    """A pin; an input is pulled up until a wire draws it down."""

    chip: FakeChip
    IN, OUT, PULL_UP = "in", "out", "up"

    def __init__(self, number: int, mode: str = "", pull: str = "", value: int = -1) -> None:
        self.number = number
        self._mode = mode
        assert mode != self.IN or pull == self.PULL_UP, "a broken wire would float"
        if mode == self.OUT:
            assert value == 0, "an output must be low from its first instant"
            self.chip.drive(number, value)

    def value(self, level: int = -1) -> int:
        if level >= 0:
            assert self._mode == self.OUT
            self.chip.drive(self.number, level)
        if self._mode == self.OUT:
            return self.chip.outputs[self.number]
        return self.chip.wires.get(self.number, 1)


class ADC:
    """A converter of 3.3 V."""

    chip: FakeChip
    ATTN_11DB = 3

    def __init__(self, pin: "int | Pin", *, atten: int = 0) -> None:
        assert atten in (0, self.ATTN_11DB)
        self._number = pin.number if isinstance(pin, Pin) else pin

    def read_u16(self) -> int:
        return -(-self.chip.voltage(self._number) * 65_535 // 3300)

    def read_uv(self) -> int:
        return self.chip.voltage(self._number) * 1000


class PWM:
    """Pulses; on an RP2040 two pins of one slice share their frequency."""

    chip: FakeChip

    def __init__(self, pin: Pin, *, freq: int, duty_u16: int) -> None:
        self._number = pin.number
        self.freq = freq
        self.duty_u16(duty_u16)

    def duty_u16(self, duty: int) -> None:
        self.chip.duties[self._number] = duty


class UART:
    """A serial line behind a transceiver whose direction is a pin."""

    chip: FakeChip

    def __init__(self, number: int, baud: int, *, tx: Pin, rx: Pin, timeout: int) -> None:
        assert timeout == 0, "a read must not wait"
        assert tx.number != rx.number
        self.line = (number, baud)

    def any(self) -> int:
        return len(self.chip.arrived)

    def read(self) -> bytes | None:
        data, self.chip.arrived = self.chip.arrived, b""
        return data or None

    def write(self, data: bytes) -> None:
        self.chip.sent.append((data, self.chip.outputs[self.chip.direction]))

    def flush(self) -> None:
        assert self.chip.outputs[self.chip.direction] == 1


class Guard:
    """The chip's own watchdog."""

    chip: FakeChip

    def __init__(self, timeout: int) -> None:
        assert 0 < timeout <= 8388  # the RP2040's longest

    def feed(self) -> None:
        self.chip.fed += 1


class DMA:
    """Fills the array that it is given with what the line gives."""

    chip: FakeChip

    def pack_ctrl(self, **fields: int) -> dict[str, int]:
        return fields

    def config(
        self, *, read: int, write: "array[int]", count: int, ctrl: Any, trigger: bool
    ) -> None:
        assert (read, ctrl["treq_sel"]) == (0x4004C00C, 36)  # the converter's queue, and its word
        assert trigger
        write[:] = array("H", samples(self.chip.line_ma, 300))[:count]

    def active(self, value: int = 0) -> bool:
        return bool(value)
