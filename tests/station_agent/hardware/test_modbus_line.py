"""The serial line: late, torn and echoed answers, noise, and a port that goes away."""

import pytest

from firmware_stubs.board import Board
from firmware_stubs.crc import sealed
from firmware_stubs.slave import Slave
from station_agent.hardware import modbus
from station_agent.hardware.errors import NoAnswer
from station_agent.hardware.modbus_line import ANSWER_S, ModbusLine
from tests.fakes.cable import Cable
from tests.fakes.scripted_slave import Answer, scripted_slave

READ = modbus.read_bits(17, modbus.READ_COILS, 0, 8)
WRITE = modbus.write_coil(17, 1, False)


def numbered(*first: tuple[float, bytes]) -> Answer:
    """Answers whose data is their number; `first` is what the first request gets instead."""
    count = 0

    def answer(_request: bytes) -> list[tuple[float, bytes]]:
        nonlocal count
        count += 1
        right = sealed(bytes((17, 1, 1, count)))
        return list(first) if first and count == 1 else [(0.0, right)]

    return answer


def asked_once(answer: Answer) -> tuple[bytes, int]:
    with scripted_slave(answer) as slave:
        line = ModbusLine(slave.port, 115200)
        data = line.ask(READ)
        line.close()
        return data, len(slave.asked)


def test_a_question_is_answered():
    assert asked_once(numbered()) == (b"\x01", 1)


def test_an_answer_in_pieces_is_one_answer():
    right = sealed(b"\x11\x01\x01\x07")
    pieces = [(0.02, right[n : n + 1]) for n in range(len(right))]
    assert asked_once(numbered(*pieces)) == (b"\x07", 1)


@pytest.mark.parametrize("lost", [b"", b"\x11\x01", b"\x11\x01\x01\x07\xff\xff", b"\xfe" * 200])
def test_a_lost_torn_or_noisy_answer_is_asked_for_again(lost):
    assert asked_once(numbered((0.0, lost))) == (b"\x02", 2)


def test_a_late_answer_is_not_taken_for_the_answer_to_the_next_question():
    late = (ANSWER_S + 0.05, sealed(b"\x11\x01\x01\x63"))
    assert asked_once(numbered(late))[0] != b"\x63"


def test_a_line_that_hears_itself_is_understood():
    board = Slave(Board(0, 1))

    def echoing(request: bytes) -> list[tuple[float, bytes]]:
        return [(0.0, request), (0.0, board.answer(request) or b"")]

    with scripted_slave(echoing) as slave:
        line = ModbusLine(slave.port, 115200)
        volume = modbus.read_words(17, modbus.READ_HOLDINGS, 1, 1)
        assert modbus.words(line.ask(volume)) == [100]
        line.ask(modbus.write_holding(17, 1, 55))
        assert modbus.words(line.ask(volume)) == [55]
        line.close()


def test_an_echo_alone_is_no_board():
    def deaf(request: bytes) -> list[tuple[float, bytes]]:
        return [(0.0, request)]

    with scripted_slave(deaf) as slave:
        line = ModbusLine(slave.port, 115200)
        for request in (READ, WRITE):
            with pytest.raises(NoAnswer):
                line.ask(request)
        line.close()


def test_nobody_else_may_open_the_port():
    with scripted_slave(numbered()) as slave:
        first, second = ModbusLine(slave.port, 115200), ModbusLine(slave.port, 115200)
        first.ask(READ)
        with pytest.raises(NoAnswer):
            second.ask(READ)
        first.close()
        second.ask(READ)
        second.close()


def test_a_port_that_went_away_is_opened_anew(tmp_path):
    cable = Cable(tmp_path / "tty")
    line = ModbusLine(str(cable.near), 115200)
    try:
        with pytest.raises(NoAnswer):
            line.ask(READ)
        cable.pull()
        with pytest.raises(NoAnswer, match="bị rút hoặc hỏng"):
            line.ask(READ)
        cable.plug()
        with pytest.raises(NoAnswer, match="không trả lời"):
            line.ask(READ)
    finally:
        line.close()
        cable.close()
