"""A whole FM station as its settings describe it: board, transmitter, encoder, and a receiver in
the village, all at the far ends of their cables."""

import time
from contextlib import ExitStack
from queue import Empty

import pytest

from contract.settings import Secret
from station_agent.clock import SystemClock
from station_agent.events import RigDown, RigFailed, RigReady
from station_agent.fitting.hardware import make_rig
from station_agent.hardware.ports import Reach
from station_agent.inputs import Inbox
from station_agent.settings import Settings
from tests.fakes.board import firmware_board
from tests.fakes.exciters import crown, serial_transmitter, srk
from tests.fakes.mpx import multiplex
from tests.fakes.rds_demodulator import receive
from tests.fakes.receiver import firmware_receiver
from tests.fakes.virtual_encoder import virtual_encoder
from tests.station_agent.fm.conftest import AREA, KEY, PI


class Silent:
    """Nothing that could sound a code."""

    def sound(self, _signal):
        raise AssertionError("no code of this station sounds")


class Station:
    """The rig of a station, and the test in the place of the agent's loop."""

    def __init__(self, folder, **chosen):
        (folder / "key").write_text(KEY.hex())
        self.settings = Settings(
            station="xa-lac-1",
            broker_url=Secret("mqtt://127.0.0.1:1"),
            media_url="http://127.0.0.1:1/",
            secret=Secret("s"),
            trust=folder / "trust.json",
            data=folder,
            **{name: str(value) if name in PLACES else value for name, value in chosen.items()},
        )
        self.inbox = Inbox()
        clock = SystemClock(folder / "clock.json", battery=True)
        self.rig, _ = make_rig(self.settings, self.inbox, clock, Silent(), ExitStack())

    def hear(self, *kinds):
        end = time.monotonic() + 40
        while time.monotonic() < end:
            self.rig.pulse()
            try:
                word = self.inbox.get(timeout=0.5)
            except Empty:
                continue
            if isinstance(word, kinds):
                return word
        raise TimeoutError(f"none of {kinds}")


PLACES = {"board", "exciter", "rds"}
ODA = {"rds_pi": f"{PI:04X}", "rds_ps": "XÃ LẠC", "receivers": "oda", "receivers_area": AREA}


@pytest.fixture
def far(tmp_path):
    """A transmitter and an encoder on their cables."""
    with (
        serial_transmitter(tmp_path / "exciter", crown) as exciter,
        virtual_encoder(tmp_path / "encoder") as encoder,
    ):
        exciter.inside.frequency_mhz = 97.5
        yield exciter, encoder


def fm_alone(tmp_path, far):
    exciter, encoder = far
    return Station(
        tmp_path,
        exciter=f"crown:{exciter.port}",
        frequency_mhz=97.5,
        rds=f"uecp-ack:{encoder.port}",
        receivers_key=tmp_path / "key",
        **ODA,
    )


def test_carrier_then_code_and_a_receiver_opens_and_closes_with_the_rig(tmp_path, far):
    exciter, encoder = far
    station = fm_alone(tmp_path, far)
    station.rig.up(Reach.OWN)
    assert isinstance(station.hear(RigReady, RigFailed), RigReady)
    assert exciter.inside.radiates
    station.rig.down()
    station.hear(RigDown)
    station.rig.close()
    assert not exciter.inside.on
    encoder.wait_groups(6)
    assert encoder.memory.ps == b"XA LAC  "
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(receive(multiplex(encoder.aired, 0.05)))
        receiver.close()
        assert [word for word in receiver.words() if word != "REPLAY"] == ["OPEN", "CLOSE"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"frequency_mhz": 98.0}, "máy phát ở tần số 98000 kHz, giấy phép ghi 97500 kHz"),
        ({"reflected_w": 8}, "VSWR|sóng dội về"),
        ({"interlock_open": True}, "khóa liên động"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_transmitter_that_is_not_right_is_not_left_on_the_air(tmp_path, far, wrong, told):
    exciter, encoder = far
    station = fm_alone(tmp_path, far)
    for name, value in wrong.items():
        setattr(exciter.inside, name, value)
    station.rig.up(Reach.OWN)
    failed = station.hear(RigFailed)
    station.rig.close()
    assert any(words in failed.detail for words in told.split("|"))
    assert not exciter.inside.radiates
    assert encoder.said == []


def test_a_transmitter_on_a_foreign_frequency_is_never_even_switched_on(tmp_path, far):
    exciter, _ = far
    exciter.inside.frequency_mhz = 99.9
    station = fm_alone(tmp_path, far)
    station.rig.up(Reach.OWN)
    station.hear(RigFailed)
    station.rig.close()
    assert "TX.OPMODE=ON" not in exciter.inside.said


def test_an_amplifier_that_can_only_be_watched_is_switched_by_the_board(tmp_path):
    with (
        firmware_board(tmp_path / "board", forward_dw=300) as board,
        serial_transmitter(tmp_path / "exciter", srk) as exciter,
    ):
        exciter.inside.powered = False
        station = Station(
            tmp_path,
            board=f"modbus:{board.port}",
            board_switches="both",
            amplifier_settle_ms=100,
            exciter=f"srk:{exciter.port}",
            frequency_mhz=54.5,
        )
        station.rig.up(Reach.OWN)
        board.wait(lambda now: now.coils[2] == 1, timeout_s=30)
        exciter.inside.powered = True
        assert isinstance(station.hear(RigReady, RigFailed), RigReady)
        assert board.now().loud
        station.rig.down()
        board.wait(lambda now: now.coils[2] == 0, timeout_s=30)
        exciter.inside.powered = False
        station.hear(RigDown)
        station.rig.close()
