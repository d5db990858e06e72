"""The firmware on MicroPython at the end of a real serial line: noise, silence, power cuts."""

import random
import select
import subprocess

import pytest
import serial

from firmware_stubs import registers as r
from firmware_stubs.crc import sealed
from tests.fakes.board import MICROPYTHON, ROOT, SAFE, firmware_board

VERSION_REQUEST = sealed(bytes.fromhex("110400070001"))
VERSION_ANSWER = sealed(bytes.fromhex("1104020100"))


@pytest.fixture
def board(tmp_path):
    with firmware_board(tmp_path) as running:
        yield running


@pytest.fixture
def line(board):
    with serial.Serial(str(board.port), r.BAUD, timeout=5) as opened:
        yield opened


def ask(line: serial.Serial, request: str) -> str:
    """Send a request in hexadecimal without checksum; return the answer the same way."""
    line.write(sealed(bytes.fromhex(request)))
    return line.read(8)[:-2].hex()


def bring_up(line: serial.Serial) -> None:
    """Transmitter on, amplifier on, sound open; a watchdog of one second."""
    for request in ("110600000001", "11060002A5C3", "11050002FF00", "11060002A5C3", "11050000FF00"):
        assert ask(line, request) == request.lower()
    assert ask(line, "110500010000") == "110500010000"


def version(line: serial.Serial) -> bytes:
    """Ask as masters do: again when no answer comes, for noise may run into a request."""
    line.timeout = 0.3
    for _ in range(10):
        line.write(VERSION_REQUEST)
        answer = line.read(len(VERSION_ANSWER))
        if answer:
            return answer
    return b""


def test_after_noise_and_a_torn_request_the_next_one_is_answered(line):
    noise = random.Random(57)
    for _ in range(20):
        line.write(noise.randbytes(57) + VERSION_REQUEST[: noise.randint(1, 7)])
        assert not select.select([line.fd], [], [], 0.03)[0]  # nobody answers noise
        assert version(line) == VERSION_ANSWER


def test_a_flood_of_noise_does_not_hold_the_watchdog_up(board, line):
    bring_up(line)
    flood = random.Random(1)
    while board.now().loud:
        board.cable.to_far(flood.randbytes(200))
    assert board.now().why == "silence"


def test_a_host_that_dies_leaves_a_silent_board(board, line):
    bring_up(line)
    line.close()
    last = board.now().unix_ns
    fallen = board.wait(lambda change: change.coils == SAFE)
    assert fallen.why == "silence"
    assert fallen.unix_ns - last >= 999_000_000  # its second, in whole milliseconds


def test_a_pulled_cable_leaves_a_silent_board_and_a_plugged_one_tells_of_it(board, line):
    bring_up(line)
    board.cable.pull()
    with pytest.raises((OSError, serial.SerialException)):
        version(line)
    board.wait(lambda change: change.coils == SAFE)
    board.cable.plug()
    with serial.Serial(str(board.port), r.BAUD, timeout=5) as again:
        again.write(sealed(bytes.fromhex("110400060001")))
        assert again.read(7) == sealed(bytes.fromhex("1104020001"))  # one trip


def test_an_interlock_a_heatsink_and_a_door_are_felt_without_any_host(board, line):
    bring_up(line)
    board.world(interlock_closed=0)
    assert board.wait(lambda change: not change.coils[r.FM_TX]).why == "interlock"
    board.world(temperature_dc=900)
    assert board.wait(lambda change: not change.loud).why == "heat"
    board.world(door_open=1, mains_present=0)
    line.write(sealed(bytes.fromhex("110200000003")))
    assert line.read(6) == sealed(bytes.fromhex("11020101"))


def test_power_that_comes_back_finds_everything_off(board, line):
    bring_up(line)
    assert board.now().loud
    board.reset()
    assert board.now().coils == SAFE
    assert board.now().why == "reset"


def test_a_stuck_relay_is_read_as_it_is(board, line):
    board.world(stuck_off=1 << r.AMP_POWER)
    bring_up(line)
    line.write(sealed(bytes.fromhex("110100000005")))
    assert line.read(6) == sealed(bytes.fromhex("11010104"))


def test_the_program_says_what_it_needs():
    ran = subprocess.run(
        [MICROPYTHON, "-m", "firmware_stubs.main", "--port"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "--port PTY --history FILE" in ran.stdout + ran.stderr
