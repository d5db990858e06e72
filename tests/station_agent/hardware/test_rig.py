"""The rig's thread with the board's true firmware at the other end of a cable."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from queue import Empty
from typing import TypeVar

import pytest

from station_agent.events import BoardSaid, RigDown, RigFailed, RigReady
from station_agent.hardware.kit import Kit
from station_agent.hardware.modbus_board import ModbusBoard
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.parts import Parts
from station_agent.hardware.ports import Reach
from station_agent.hardware.registers import ADDRESS, BAUD
from station_agent.hardware.rig import RigThread
from station_agent.inputs import Inbox
from tests.fakes.board import SAFE, Change, FirmwareBoard

KIT = Kit(amplifier=True, carrier=True, settle_ms=100, watchdog_s=5)
PATIENCE_S = 20  # two busy cores
E = TypeVar("E")


class Station:
    """An agent's loop in the test's hand: it pulses while it waits for a word of the rig."""

    def __init__(self, board: FirmwareBoard, kit: Kit = KIT) -> None:
        self.inbox = Inbox()
        parts = Parts(board=ModbusBoard(ModbusLine(str(board.port), BAUD), ADDRESS))
        self.rig = RigThread(kit, parts, self.inbox.put)

    def hear(self, kind: type[E]) -> E:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            self.rig.pulse()
            try:
                word = self.inbox.get(timeout=0.5)
            except Empty:
                continue
            if isinstance(word, kind):
                return word
        raise TimeoutError(f"no {kind.__name__}")

    def rise(self) -> RigReady:
        self.rig.up(Reach.OWN)
        return self.hear(RigReady)


@pytest.fixture
def station(board: FirmwareBoard) -> Iterator[Station]:
    running = Station(board)
    yield running
    running.rig.close()


def coils(changes: list[Change]) -> list[tuple[int, ...]]:
    return [change.coils[:3] for change in changes]


def test_the_board_sees_the_safe_order_up_and_down(board, station):
    station.hear(RigDown)
    ready = station.rise()
    assert ready.rise_ms >= KIT.settle_ms
    station.rig.down()
    station.hear(RigDown)
    assert coils(board.history()) == [
        (0, 1, 0),
        (0, 1, 1),
        (1, 1, 1),
        (1, 0, 1),
        (1, 1, 1),
        (0, 1, 1),
        (0, 1, 0),
    ]
    assert {change.why for change in board.history()[1:]} == {"host"}


def test_what_the_sensors_say_reaches_the_agent(board, station):
    station.hear(RigDown)
    board.world(door_open=1, temperature_dc=-55, mains_dv=2315, battery_mv=12800)
    while not (said := station.hear(BoardSaid).reading).door_open:
        pass
    assert (said.temperature_c, said.mains_v, said.battery_v) == (-5.5, 231.5, 12.8)
    board.world(temperature_dc=0x7FFF, door_open=0)
    while (said := station.hear(BoardSaid).reading).door_open:
        pass
    assert said.temperature_c is None


def test_a_pulled_cable_means_silence_within_the_guard_time_and_comes_back(board, station):
    station.rise()
    board.cable.pull()
    pulled_ns = time.time_ns()
    silent = board.wait(lambda change: not change.loud)
    assert (silent.coils, silent.why) == (SAFE, "silence")
    assert silent.unix_ns - pulled_ns <= (KIT.watchdog_s + 1) * 1e9
    failed = station.hear(RigFailed)
    assert "bị rút hoặc hỏng" in failed.detail
    assert failed.well_ns is not None
    board.cable.plug()
    station.hear(RigDown)
    station.rise()
    assert board.now().loud


def test_noise_on_the_line_changes_no_output_and_the_rig_stays_up(board, station):
    station.rise()
    before = board.history()
    for n in range(40):
        board.cable.to_far(bytes((n * 37 + k * 11) & 0xFF for k in range(1 + n % 23)))
        board.cable.to_near(bytes((n * 91 + k * 7) & 0xFF for k in range(1 + n % 17)))
        station.hear(BoardSaid) if n % 10 == 9 else time.sleep(0.02)
    assert board.history() == before


def test_heat_brings_it_down_in_order_and_is_told(board, station):
    station.rise()
    board.world(temperature_dc=820)
    failed = station.hear(RigFailed)
    assert failed.detail == "Đang phát: quá nóng, 82 °C"
    station.hear(RigDown)
    assert coils(board.history())[-3:] == [(1, 1, 1), (0, 1, 1), (0, 1, 0)]
    station.rig.up(Reach.OWN)
    assert "82 °C" in station.hear(RigFailed).detail


def test_a_relay_that_does_not_obey_never_leads_to_sound(board, station):
    station.hear(RigDown)
    board.world(stuck_off=0b100)
    station.rig.up(Reach.OWN)
    assert station.hear(RigFailed).step == "carrier"
    station.hear(RigDown)
    assert not any(change.loud for change in board.history())


def test_a_board_that_was_reset_is_quiet_until_it_is_asked_to_rise(board, station):
    station.rise()
    board.reset()
    assert station.hear(RigFailed).step == "ready"
    station.hear(RigDown)
    assert board.now().coils == SAFE
    station.rise()


def test_a_loop_that_hangs_is_not_spoken_for(board, station, monkeypatch):
    monkeypatch.setattr("station_agent.hardware.rig.FROZEN_S", 1.0)
    station.rise()
    board.wait(lambda change: change.coils == SAFE)  # nobody pulses meanwhile
    assert "vòng điều khiển" in station.hear(RigFailed).detail


PROGRAM = """
import sys, time
from station_agent.hardware.kit import Kit
from station_agent.hardware.modbus_board import ModbusBoard
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.parts import Parts
from station_agent.hardware.ports import Reach
from station_agent.hardware.rig import RigThread
kit = Kit(amplifier=True, carrier=True, settle_ms=100, watchdog_s=5)
rig = RigThread(kit, Parts(board=ModbusBoard(ModbusLine(sys.argv[1], 115200), 17)), print)
rig.up(Reach.OWN)
while True:
    rig.pulse()
    time.sleep(0.2)
"""


def test_an_agent_that_stands_still_leaves_a_silent_board(board):
    agent = subprocess.Popen([sys.executable, "-c", PROGRAM, board.port], stdout=subprocess.DEVNULL)
    try:
        board.wait(lambda change: change.coils[:3] == (1, 0, 1), PATIENCE_S)
        agent.send_signal(signal.SIGSTOP)
        dead_ns = time.time_ns()
        silent = board.wait(lambda change: not change.loud)
    finally:
        agent.kill()
        agent.wait()
    assert (silent.coils, silent.why) == (SAFE, "silence")
    assert silent.unix_ns - dead_ns <= (KIT.watchdog_s + 1) * 1e9


def test_stopping_lowers_the_rig_before_the_line_is_let_go(board):
    station = Station(board)
    station.rise()
    station.rig.close()
    assert board.now().coils == SAFE
    assert {change.why for change in board.history()[1:]} == {"host"}
