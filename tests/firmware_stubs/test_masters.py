"""Masters made by others drive the firmware on MicroPython: pymodbus, minimalmodbus, mbpoll."""

import re
import shutil
import subprocess

import minimalmodbus
import pytest
from pymodbus.client import ModbusSerialClient

from firmware_stubs import registers as r
from tests.fakes.board import FirmwareBoard, firmware_board

DARK_INPUTS = [350, 2300, 12_600, 0, 0, 0, 0, 0x0100, 1, 0]


@pytest.fixture
def board(tmp_path):
    with firmware_board(tmp_path) as running:
        yield running


@pytest.fixture
def pymodbus(board):
    client = ModbusSerialClient(str(board.port), baudrate=r.BAUD, timeout=2, retries=0)
    assert client.connect()
    yield client
    client.close()


@pytest.fixture
def minimal(board):
    instrument = minimalmodbus.Instrument(
        str(board.port), r.ADDRESS, close_port_after_each_call=True
    )
    instrument.serial.baudrate = r.BAUD
    instrument.serial.timeout = 0.5  # it waits that long for the rest of each exception
    return instrument


def mbpoll(board: FirmwareBoard, table: int, start: int, *words: str) -> str:
    """Run it once; return what it prints below its greeting."""
    program = shutil.which("mbpoll")
    assert program, "mbpoll is missing: ./run test installs it"
    line = ["-m", "rtu", "-a", str(r.ADDRESS), "-b", str(r.BAUD), "-P", "none", "-o", "2", "-1"]
    values = [word for word in words if word.isdigit()]
    options = [word for word in words if not word.isdigit()]
    ran = subprocess.run(
        [program, *line, "-0", "-t", str(table), "-r", str(start), *options, board.port, *values],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def polled(board: FirmwareBoard, table: int, count: int) -> list[int]:
    """What mbpoll reads of a table, from lines such as `[3]: <tab>100`."""
    printed = mbpoll(board, table, 0, f"-c{count}")
    return [int(line.split()[1]) for line in printed.splitlines() if re.match(r"\[\d+\]:", line)]


def test_pymodbus_reads_every_table(pymodbus):
    unit = {"device_id": r.ADDRESS}
    assert pymodbus.read_coils(0, count=5, **unit).bits[:5] == [False, True, False, False, False]
    assert pymodbus.read_discrete_inputs(0, count=4, **unit).bits[:4] == [False, True, True, False]
    assert pymodbus.read_holding_registers(0, count=3, **unit).registers == [10, 100, 0]
    assert pymodbus.read_input_registers(0, count=10, **unit).registers == DARK_INPUTS


def test_pymodbus_brings_the_board_up_and_down(board, pymodbus):
    unit = {"device_id": r.ADDRESS}
    for coil in (r.FM_TX, r.AMP_POWER):
        assert not pymodbus.write_register(r.ARM_KEY, r.ARM, **unit).isError()
        assert not pymodbus.write_coil(coil, True, **unit).isError()
    assert not pymodbus.write_coil(r.SPK_MUTE, False, **unit).isError()
    assert pymodbus.read_coils(0, count=5, **unit).bits[:5] == [True, False, True, False, False]
    read = pymodbus.read_input_registers(0, count=10, **unit).registers
    assert read[r.AMP_MA : r.REFLECTED_DW + 1] == [400, 500, 5]
    assert not pymodbus.write_coils(0, [False, True, False, False, False], **unit).isError()
    changes = [(change.coils[:3], change.why) for change in board.history()]
    assert changes == [
        ((0, 1, 0), "reset"),
        ((0, 1, 1), "host"),
        ((1, 1, 1), "host"),
        ((1, 0, 1), "host"),
        ((0, 1, 0), "host"),
    ]


def test_pymodbus_understands_the_exceptions(pymodbus):
    unit = {"device_id": r.ADDRESS}
    assert pymodbus.read_input_registers(8, count=3, **unit).exception_code == 2
    assert pymodbus.write_coil(r.AMP_POWER, True, **unit).exception_code == 3
    assert pymodbus.write_registers(0, [5, 101], **unit).exception_code == 3
    assert pymodbus.read_exception_status(**unit).exception_code == 1


def test_minimalmodbus_reads_and_writes(minimal):
    assert minimal.read_bits(0, 5, functioncode=1) == [0, 1, 0, 0, 0]
    assert minimal.read_bits(0, 4, functioncode=2) == [0, 1, 1, 0]
    assert minimal.read_registers(0, 10, functioncode=4) == DARK_INPUTS
    minimal.write_registers(r.WATCHDOG_S, [20, 40, r.ARM])
    assert minimal.read_registers(0, 3) == [20, 40, r.ARM]
    minimal.write_bits(0, [1, 1, 0, 1, 1])
    assert minimal.read_bits(0, 5, functioncode=1) == [1, 1, 0, 1, 1]
    minimal.write_bit(r.AMP_POWER, 0, functioncode=5)
    minimal.write_register(r.VOLUME_PERCENT, 55, functioncode=6)
    assert minimal.read_register(r.VOLUME_PERCENT) == 55


def test_minimalmodbus_understands_the_exceptions(minimal):
    with pytest.raises(minimalmodbus.IllegalRequestError):
        minimal.read_register(3, functioncode=3)
    with pytest.raises(minimalmodbus.IllegalRequestError):
        minimal.write_bit(r.FM_TX, 1, functioncode=5)


COILS, DISCRETES, INPUTS, HOLDINGS = 0, 1, 3, 4  # as mbpoll counts the tables


def test_mbpoll_reads_every_table(board):
    assert polled(board, COILS, 5) == [0, 1, 0, 0, 0]
    assert polled(board, DISCRETES, 4) == [0, 1, 1, 0]
    assert polled(board, INPUTS, 10) == DARK_INPUTS
    assert polled(board, HOLDINGS, 3) == [10, 100, 0]


def test_mbpoll_writes_one_and_many(board):
    assert "Written 1" in mbpoll(board, HOLDINGS, r.ARM_KEY, str(r.ARM))
    assert "Written 1" in mbpoll(board, COILS, r.AMP_POWER, "1")
    assert "Written 2" in mbpoll(board, HOLDINGS, 0, "20", "50")
    assert "Written 2" in mbpoll(board, COILS, r.FAN, "1", "1")
    assert polled(board, COILS, 5) == [1, 1, 0, 1, 1]
    assert polled(board, HOLDINGS, 2) == [20, 50]


def test_mbpoll_understands_the_exceptions(board):
    assert "Illegal data value" in mbpoll(board, COILS, r.FM_TX, "1")
    assert "Illegal data address" in mbpoll(board, INPUTS, 9, "-c2")
