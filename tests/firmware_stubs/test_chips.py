"""The boards with a chip, on simulated pins: safe before all else, and each wire in its place."""

import sys
import time
from pathlib import Path

import pytest

from firmware_stubs import main
from firmware_stubs import registers as r
from firmware_stubs.crc import sealed
from firmware_stubs.elapsed import Elapsed
from firmware_stubs.loop import Loop
from tests.fakes.chip import PWRON, ROUND_US, SOFT, WDT, FakeChip

CHIP_FILES = ("firmware_stubs.hal_chip", "firmware_stubs.hal_rp2", "firmware_stubs.hal_esp32")
README = Path(main.__file__).with_name("README.md").read_text(encoding="utf-8")
COLUMN = {"rp2": 1, "esp32": 2}
RELAYS = ("amplifier relay", "unmute relay", "transmitter relay", "fan")
CONTACTS = ("door contact", "mains contact", "interlock contact")
SENSED_MV = {
    "temperature": 850,  # 35 degrees
    "mains voltage": 2300,  # 230 V
    "battery": 1150,  # 12.65 V
    "amplifier current": 135,  # 1.35 A
    "forward power": 1732,  # 30 W
    "reflected power": 100,  # 1 W is 316
}


def wiring(kind: str) -> dict[str, str]:
    """The pins of a board as the README tells a technician to wire them."""
    rows = [line.strip("| ").split(" | ") for line in README.split("## Wires")[1].splitlines()]
    return {row[0]: row[COLUMN[kind]] for row in rows if len(row) == 4}


class Board:
    """The firmware's loop on a simulated chip of one kind."""

    def __init__(self, kind: str, cause: int) -> None:
        self.chip = FakeChip()
        self.chip.cause = cause
        self.wired = wiring(kind)
        self.chip.direction = self.pin("RS-485 direction")
        self.chip.wires = {self.pin(name): 0 for name in CONTACTS}
        self.chip.line_ma = 120
        if kind == "rp2":
            self.chip.switch = (19, 20, 21)
            for name, mv in SENSED_MV.items():
                self.chip.switched_mv[int(self.wired[name].removeprefix("switch "))] = mv
        else:
            self.chip.millivolts = {self.pin(name): mv for name, mv in SENSED_MV.items()}
            self.chip.millivolts[self.pin("line pilot")] = 240

    def pin(self, name: str) -> int:
        return int(self.wired[name])

    def start(self, kind: str) -> None:
        self.loop = Loop(main.board_of(kind, []))
        self.loop.turn()

    def ask(self, request: str) -> str:
        self.chip.arrived = sealed(bytes.fromhex(request))
        for _ in range(3):
            self.loop.turn()
        answer, sending = self.chip.sent.pop()
        assert sending == 1
        assert self.chip.outputs[self.chip.direction] == 0
        return answer[:-2].hex()

    def relays(self) -> list[int]:
        return [self.chip.outputs[self.pin(name)] for name in RELAYS]


@pytest.fixture
def make(monkeypatch):
    def made(kind: str, cause: int = PWRON) -> Board:
        board = Board(kind, cause)
        for name in CHIP_FILES:
            monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.setitem(sys.modules, "machine", board.chip.machine())
        monkeypatch.setitem(sys.modules, "rp2", board.chip.rp2())
        chip = board.chip
        for name, function in (
            ("ticks_us", chip.ticks_us),
            ("ticks_ms", chip.ticks_ms),
            ("ticks_diff", lambda late, early: (late - early + 2**29) % 2**30 - 2**29),
            ("sleep_us", lambda us: setattr(chip, "now_us", chip.now_us + us)),
        ):
            monkeypatch.setattr(time, name, function, raising=False)
        board.start(kind)
        return board

    yield made
    for name in CHIP_FILES:
        sys.modules.pop(name, None)


KINDS = pytest.mark.parametrize("kind", ["rp2", "esp32"])


@KINDS
def test_the_relays_are_low_before_anything_else_happens(make, kind):
    board = make(kind)
    assert board.chip.driven[:4] == [(board.pin(name), 0) for name in RELAYS]
    assert board.relays() == [0, 0, 0, 0]
    assert board.chip.duties[board.pin("wake tone")] == 0


@KINDS
def test_each_coil_has_its_pin_and_mute_is_the_relay_that_rests(make, kind):
    board = make(kind)
    for request in ("11060002A5C3", "11050000FF00", "11060002A5C3", "11050002FF00"):
        assert board.ask(request) == request.lower()
    assert board.relays() == [1, 0, 1, 0]
    board.ask("110500030000")
    assert board.relays() == [1, 0, 1, 0]
    board.ask("11050003ff00")
    assert board.relays() == [1, 0, 1, 1]
    assert board.ask("110100000005") == "1101010f"


@KINDS
def test_sound_goes_through_when_the_mute_is_taken_off(make, kind):
    board = make(kind)
    assert board.ask("110500010000") == "110500010000"
    assert board.relays() == [0, 1, 0, 0]
    assert board.ask("110100000005") == "11010100"


@KINDS
def test_tone_and_volume_are_pulses(make, kind):
    board = make(kind)
    assert board.chip.duties[board.pin("volume")] == 65_535
    board.ask("110600010032")
    assert board.chip.duties[board.pin("volume")] == 32_767
    board.ask("11050004ff00")
    assert board.chip.duties[board.pin("wake tone")] == 32_767
    board.ask("110500040000")
    assert board.chip.duties[board.pin("wake tone")] == 0


@KINDS
def test_every_sensor_is_read_in_its_unit(make, kind):
    board = make(kind)
    expected = [350, 2300, 12_650, 1350, 299, 1, 0, r.VERSION, r.POWER_ON, 120]
    answer = bytes.fromhex(board.ask("11040000000A"))[3:]
    assert [int.from_bytes(answer[n : n + 2], "big") for n in range(0, 20, 2)] == expected
    assert board.ask("110200000004") == "1102010e"


@KINDS
def test_broken_wires_read_as_the_careful_answer(make, kind):
    board = make(kind)
    board.chip.wires.clear()
    board.chip.millivolts.clear()
    board.chip.switched_mv[:] = [0] * 8
    board.chip.now_us += 1_000_000
    assert board.ask("110200000003") == "11020101"
    assert board.ask("110400000001") == "1104027fff"


@KINDS
def test_the_interlock_is_obeyed_without_a_host(make, kind):
    board = make(kind)
    board.ask("11060002A5C3")
    board.ask("11050002FF00")
    assert board.relays()[2] == 1
    board.chip.wires[board.pin("interlock contact")] = 1
    board.loop.turn()
    assert board.relays()[2] == 0


@KINDS
def test_a_host_that_is_silent_is_missed_though_the_counter_comes_round(make, kind):
    board = make(kind)
    board.ask("11060002A5C3")
    board.ask("11050000FF00")
    fed_us = board.chip.now_us
    while board.chip.now_us < fed_us + 9_900_000:
        board.loop.turn()
    assert board.relays()[0] == 1
    assert fed_us < ROUND_US < board.chip.now_us
    while board.chip.now_us < fed_us + 10_100_000:
        board.loop.turn()
    assert board.relays()[0] == 0


@KINDS
def test_the_chips_watchdog_is_fed_once_a_turn(make, kind):
    board = make(kind)
    fed = board.chip.fed
    for _ in range(5):
        board.loop.turn()
    assert board.chip.fed == fed + 5


@pytest.mark.parametrize(
    ("kind", "cause", "told"),
    [
        ("rp2", WDT, r.HARD_WATCHDOG),
        ("esp32", WDT, r.HARD_WATCHDOG),
        ("esp32", SOFT, r.SOFTWARE),
        ("esp32", PWRON, r.POWER_ON),
    ],
)
def test_the_cause_of_a_reset_is_told(make, kind, cause, told):
    assert make(kind, cause).ask("110400080001") == f"110402{told:04x}"


def test_time_adds_up_over_a_counter_that_comes_round():
    ticks = iter([2**30 - 10, 2**30 - 5, 5, 2**29])
    elapsed = Elapsed(lambda: next(ticks), lambda a, b: (a - b + 2**29) % 2**30 - 2**29)
    assert [elapsed.now_us() for _ in range(3)] == [5, 15, 2**29 + 10]
