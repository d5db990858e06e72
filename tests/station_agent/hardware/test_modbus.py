"""Frames of the Modbus master: what is asked, and what is taken for an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.bit_message import ReadCoilsRequest, WriteSingleCoilRequest
from pymodbus.pdu.register_message import ReadInputRegistersRequest, WriteSingleRegisterRequest

from firmware_stubs.board import Board
from firmware_stubs.slave import Slave
from station_agent.hardware import modbus
from station_agent.hardware.errors import NoAnswer, Refused

FRAMER = FramerRTU(DecodePDU(False))
UNIT = 17


def slave() -> Slave:
    return Slave(Board(0, 1))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            modbus.read_bits(UNIT, modbus.READ_COILS, 0, 5),
            ReadCoilsRequest(dev_id=UNIT, address=0, count=5),
        ),
        (
            modbus.read_words(UNIT, modbus.READ_INPUTS, 0, 10),
            ReadInputRegistersRequest(dev_id=UNIT, address=0, count=10),
        ),
        (
            modbus.write_coil(UNIT, 1, False),
            WriteSingleCoilRequest(dev_id=UNIT, address=1, bits=[False]),
        ),
        (
            modbus.write_holding(UNIT, 2, 0xA5C3),
            WriteSingleRegisterRequest(dev_id=UNIT, address=2, registers=[0xA5C3]),
        ),
    ],
)
def test_requests_are_those_of_another_master(ours, theirs):
    assert ours.frame == FRAMER.buildFrame(theirs)


def test_answers_are_understood():
    coils = modbus.read_bits(UNIT, modbus.READ_COILS, 0, 5)
    data = modbus.payload(coils, slave().answer(coils.frame) or b"")
    assert modbus.bits(data, 5) == [False, True, False, False, False]
    inputs = modbus.read_words(UNIT, modbus.READ_INPUTS, 7, 2)
    data = modbus.payload(inputs, slave().answer(inputs.frame) or b"")
    assert modbus.words(data) == [0x0100, 1]


def test_a_refusal_is_no_answer_and_says_its_code():
    unarmed = modbus.write_coil(UNIT, 0, True)
    with pytest.raises(Refused, match="mã Modbus 3"):
        modbus.payload(unarmed, slave().answer(unarmed.frame) or b"")


@given(st.data())
def test_a_damaged_answer_is_never_taken_for_another(data):
    request = modbus.read_bits(UNIT, modbus.READ_COILS, 0, 5)
    answer = bytearray(slave().answer(request.frame) or b"")
    place = data.draw(st.integers(0, len(answer) - 1))
    answer[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NoAnswer):
        modbus.payload(request, bytes(answer))


@given(st.binary(max_size=30))
def test_noise_is_never_taken_for_an_answer(noise):
    with pytest.raises(NoAnswer):
        modbus.payload(modbus.write_coil(UNIT, 0, True), noise)


def test_the_answer_to_another_question_is_none_to_ours():
    asked = modbus.read_words(UNIT, modbus.READ_INPUTS, 0, 4)
    other = modbus.read_words(UNIT, modbus.READ_INPUTS, 0, 3)
    with pytest.raises(NoAnswer):
        modbus.payload(asked, slave().answer(other.frame) or b"")
    neighbour = modbus.read_words(18, modbus.READ_INPUTS, 0, 3)
    with pytest.raises(NoAnswer):
        modbus.payload(neighbour, slave().answer(other.frame) or b"")


def test_a_write_that_was_understood_as_another_is_told():
    asked = modbus.write_holding(UNIT, 0, 10)
    other = modbus.write_holding(UNIT, 0, 11)
    with pytest.raises(NoAnswer, match="khác với lệnh đã gửi"):
        modbus.payload(asked, slave().answer(other.frame) or b"")
