"""A whole station with the board's true firmware: a verdict knows whether its amplifier sounds."""

from datetime import UTC, datetime, timedelta

import pytest

from contract.proofs import AMPLIFIER_FOLLOWS, AMPLIFIER_SILENT, LINE_LESS, LINE_WELL, Proof
from contract.reports import Ended
from contract.states import Verdict
from controller.verdicts import judge
from tests.fakes.amplifier import Amplifier
from tests.fakes.board import FirmwareBoard
from tests.fakes.issuer import STATION
from tests.fakes.station import Station, speech_like

SECONDS = 13


@pytest.fixture
def station(board: FirmwareBoard, station: Station) -> Station:
    station.configure(
        board=f"modbus:{board.port}",
        amplifier_settle_ms=300,
        tail_ms=300,
        amplifier_idle_ma=400,
        line_ma=120,
    )
    return station


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
