"""Bought relays do the work of our board: described by a file, silent when nobody feeds them."""

import time
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from station_agent.events import RigFailed, RigReady
from station_agent.hardware.bought import Bought, Meter, Relays, read_bought
from station_agent.hardware.bought_board import BoughtBoard
from station_agent.hardware.errors import BadProfile, HardwareError
from station_agent.hardware.kit import Kit
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.parts import Parts
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import SAFE, Output, Outputs
from station_agent.hardware.rig import RigThread
from tests.fakes.relay_board import FLASH, METER, RELAYS, RelayBoard
from tests.fakes.scripted_slave import scripted_slave

DESCRIBED = Bought(
    relays=Relays(unit=RELAYS, amplifier=0, sound=1, carrier=2), meter=Meter(unit=METER)
)


@pytest.fixture
def relays() -> RelayBoard:
    return RelayBoard()


@pytest.fixture
def board(relays: RelayBoard) -> Iterator[BoughtBoard]:
    with scripted_slave(relays) as slave:
        running = BoughtBoard(ModbusLine(slave.port, 9600), DESCRIBED)
        yield running
        running.close()


def test_relays_are_outputs_and_open_sound_is_mute(board, relays):
    board.guard(5)
    assert board.read().outputs == SAFE
    for output, on in ((Output.CARRIER, True), (Output.AMPLIFIER, True), (Output.MUTE, False)):
        board.switch(output, on)
    assert board.read().outputs == Outputs(amplifier=True, muted=False, carrier=True)
    for output, on in ((Output.MUTE, True), (Output.AMPLIFIER, False), (Output.CARRIER, False)):
        board.switch(output, on)
    assert board.read().outputs == SAFE


def test_no_relay_is_ever_closed_for_good(board, relays):
    board.guard(5)
    board.switch(Output.AMPLIFIER, True)
    board.feed()
    assert not [value for _, _, value in relays.written if value == 0xFF00]
    assert relays.written[-1] == (RELAYS, FLASH, 50)
    relays.until = [end - 5 for end in relays.until]  # five seconds pass without a feed
    assert board.read().outputs == SAFE


def test_a_feed_keeps_closed_what_is_and_opens_nothing_else(board, relays):
    board.guard(5)
    board.switch(Output.CARRIER, True)
    until = relays.until[2]
    board.feed()
    assert relays.until[2] > until
    assert relays.closed() == [False, False, True, *[False] * 5]


def test_a_board_whose_relays_do_not_open_by_themselves_is_refused_and_left_open(board, relays):
    relays.opens_by_itself = False
    with pytest.raises(HardwareError, match="không tự nhả"):
        board.guard(5)
    assert relays.closed() == [False] * 8


def test_a_transmitter_alone_is_proved_once_and_refused_when_it_stays_on(relays):
    described = Bought(relays=Relays(unit=RELAYS, carrier=2))
    with scripted_slave(relays) as slave:
        board = BoughtBoard(ModbusLine(slave.port, 9600), described)
        relays.opens_by_itself = False
        with pytest.raises(HardwareError, match="không tự nhả"):
            board.guard(5)
        assert relays.closed() == [False] * 8
        relays.opens_by_itself = True
        board.guard(5)
        proofs = len(relays.written)
        board.guard(5)
        assert len(relays.written) == proofs
        board.close()


def test_the_proof_is_not_made_where_it_would_be_heard(board, relays):
    relays.until[0] = time.monotonic() + 60  # an amplifier that somebody left on
    board.guard(5)
    assert relays.written == []


def test_the_meter_is_read_and_never_written(board, relays):
    reading = board.read()
    assert (reading.mains_v, reading.amp_ma, reading.mains) == (229.5, 70_000, True)
    relays.volts = 120.0
    assert board.read().mains is False
    assert METER not in {unit for unit, _, _ in relays.written}


def test_a_meter_without_mains_hides_nothing_else(board, relays):
    relays.meter_answers = False
    reading = board.read()
    assert (reading.mains_v, reading.mains, reading.outputs) == (None, None, SAFE)


def test_a_meter_that_refuses_hides_nothing_else(board, relays):
    relays.meter_refuses = True
    reading = board.read()
    assert (reading.mains_v, reading.mains, reading.outputs) == (None, None, SAFE)


def test_a_description_is_read(tmp_path):
    file = tmp_path / "board.toml"
    file.write_text("[relays]\namplifier = 0\nsound = 1\ncarrier = 2\n[meter]\nunit = 2\n")
    assert read_bought(file) == DESCRIBED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[relays]\n", "không có rơ-le nào"),
        ("[relays]\namplifier = 0\n", "amplifier và sound phải có cả hai"),
        ("[relays]\namplifier = 0\nsound = 0\n", "mỗi việc cần một rơ-le riêng"),
        ("[relays]\ncarrier = 9\n", "có trên bo mạch"),
        ("[relays]\ncarrier = 1\nmute = 2\n", "mute"),
        ("[relays\n", "board.toml"),
    ],
)
def test_a_wrong_description_is_told(tmp_path, text, told):
    file = tmp_path / "board.toml"
    file.write_text(text)
    with pytest.raises(BadProfile, match=told):
        read_bought(file)


def test_a_rig_of_bought_relays_rises_and_falls(relays):
    with scripted_slave(relays) as slave:
        said: SimpleQueue[object] = SimpleQueue()
        board = BoughtBoard(ModbusLine(slave.port, 9600), DESCRIBED)
        kit = Kit(amplifier=True, carrier=True, settle_ms=50)
        rig = RigThread(kit, Parts(board=board), said.put)
        rig.up(Reach.OWN)
        while not isinstance(word := said.get(timeout=20), RigReady):
            assert not isinstance(word, RigFailed), word
        assert relays.closed()[:3] == [True, True, True]
        rig.close()
        assert relays.closed() == [False] * 8
