"""A whole station with the board's true firmware: a verdict knows whether its amplifier sounds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contract.proofs import AMPLIFIER_FOLLOWS, AMPLIFIER_SILENT, LINE_LESS, LINE_WELL, Proof
from contract.reports import Ended
from contract.states import Verdict
from controller.verdicts import judge
from tests.fakes.amplifier import Amplifier
from tests.fakes.board import FirmwareBoard, firmware_board
from tests.fakes.broker import Broker
from tests.fakes.issuer import STATION, Issuer
from tests.fakes.media import MediaServer
from tests.fakes.station import Station, speech_like

SECONDS = 13


@pytest.fixture
def board(tmp_path: Path) -> Iterator[FirmwareBoard]:
    with firmware_board(tmp_path / "board") as running:
        yield running


@pytest.fixture
def station(
    tmp_path: Path, broker: Broker, media: MediaServer, board: FirmwareBoard
) -> Iterator[Station]:
    found = Station(tmp_path, broker, media, Issuer(datetime.now(UTC) - timedelta(seconds=1)))
    with found.config.open("a") as config:
        config.write(
            f'board = "modbus:{board.port}"\namplifier_settle_ms = 300\ntail_ms = 300\n'
            "amplifier_idle_ma = 400\nline_ma = 120\n"
        )
    yield found
    if found.process is not None:
        found.process.kill()
        found.process.wait()
    found.server.close()


def air(station: Station) -> Ended:
    """Have the station play one item; return its last line."""
    sound = station.serve(speech_like(SECONDS))
    starts_at = datetime.now(UTC) + timedelta(seconds=4)
    plan = station.issuer.plan((station.issuer.item("tin", starts_at, sound), sound))
    station.server.say(f"tt/1/station/{STATION}/plan", station.issuer.write(plan), retain=True)
    station.start()
    ended = station.ended(40)
    station.stop()
    assert ended.played_samples == ended.total_samples
    return ended


def codes(ended: Ended) -> list[str]:
    assert isinstance(ended.proofs, tuple)
    return [proof.code for proof in ended.proofs if isinstance(proof, Proof)]


def test_an_amplifier_that_sounds_bears_the_airing_out_though_a_horn_is_lost(station, board):
    board.world(pilot_ma=60)
    with Amplifier(board, station.folder / "sink"):
        ended = air(station)
    assert codes(ended) == [AMPLIFIER_FOLLOWS, LINE_LESS]
    assert ended.evidence == "L1"
    assert judge(ended) is Verdict.AIRED


def test_an_airing_through_a_dead_amplifier_has_failed(station, board):
    ended = air(station)
    assert codes(ended) == [AMPLIFIER_SILENT, LINE_WELL]
    assert judge(ended) is Verdict.FAILED
