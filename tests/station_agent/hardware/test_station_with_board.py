"""A whole station with the board's true firmware: what the coils did, against what was reported."""

import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from contract.reports import Ended, Trouble
from contract.states import Cause
from tests.fakes.board import SAFE, Change, FirmwareBoard
from tests.fakes.broker import wait_until
from tests.fakes.issuer import STATION
from tests.fakes.station import Station, speech_like

WATCHDOG_S = 5


@pytest.fixture
def station(board: FirmwareBoard, station: Station) -> Station:
    station.configure(
        board=f"modbus:{board.port}",
        board_watchdog_s=WATCHDOG_S,
        amplifier_settle_ms=300,
        tail_ms=300,
    )
    return station


def plan_one(station: Station, seconds: float, *, in_s: float) -> datetime:
    """Publish a plan of one item of so many seconds; return when it begins."""
    sound = station.serve(speech_like(seconds))
    starts_at = datetime.now(UTC) + timedelta(seconds=in_s)
    plan = station.issuer.plan((station.issuer.item("tin", starts_at, sound), sound))
    station.server.say(f"tt/1/station/{STATION}/plan", station.issuer.write(plan), retain=True)
    return starts_at


def at(instant: datetime) -> float:
    return instant.timestamp() * 1e9


def coils(changes: list[Change]) -> list[tuple[int, int]]:
    return [change.coils[:2] for change in changes]


def test_the_amplifier_is_on_before_the_first_sample_and_off_after_the_last(station, board):
    starts_at = plan_one(station, 1.5, in_s=5)
    station.start()
    ended = station.ended()
    assert ended.cause is Cause.FINISHED
    assert ended.played_samples == ended.total_samples
    assert ended.started_at is not None
    assert abs(ended.started_at - starts_at) < timedelta(milliseconds=100)
    board.wait(lambda change: change.coils == SAFE)
    changes = board.history()
    assert coils(changes) == [(0, 1), (1, 1), (1, 0), (1, 1), (0, 1)]
    _, _, opened, muted, _ = changes
    assert opened.unix_ns <= at(ended.started_at)
    assert muted.unix_ns >= at(ended.ended_at)
    assert {change.why for change in changes[1:]} == {"host"}
    station.stop()


def test_a_station_that_dies_in_mid_sentence_leaves_a_silent_board(station, board):
    plan_one(station, 20, in_s=4)
    station.start()
    board.wait(lambda change: change.loud, 30)
    station.server.wait_for(lambda _, payload: b'"on_air":{' in payload)
    assert station.process is not None
    children = children_of(station.process.pid)
    station.kill()
    dead_ns = datetime.now(UTC).timestamp() * 1e9
    silent = board.wait(lambda change: not change.loud, 20)
    assert (silent.coils, silent.why) == (SAFE, "silence")
    assert silent.unix_ns - dead_ns <= (WATCHDOG_S + 1) * 1e9
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), "player left")
    station.process = None


def test_a_cable_pulled_in_mid_sentence_is_reported_and_nothing_unheard_is_counted(station, board):
    plan_one(station, 9, in_s=4)
    station.start()
    station.server.wait_for(lambda _, payload: b'"on_air":{' in payload)
    board.cable.pull()
    pulled_ns = datetime.now(UTC).timestamp() * 1e9
    silent = board.wait(lambda change: not change.loud, 20)
    assert silent.why == "silence"
    assert silent.unix_ns - pulled_ns <= (WATCHDOG_S + 1) * 1e9
    board.cable.plug()
    ended = station.ended(60)
    assert ended.played_samples < ended.total_samples
    troubles = [line.event for line in station.lines if isinstance(line.event, Trouble)]
    assert "rig" in {trouble.code for trouble in troubles}
    board.wait(lambda change: change.coils == SAFE)
    assert heard_s(board.history()) * 48_000 >= ended.played_samples - 48_000
    assert sum(isinstance(line.event, Ended) for line in station.lines) == 1
    station.stop()


def heard_s(changes: list[Change]) -> float:
    """How long the loudspeakers could be heard, in seconds."""
    return sum(after.unix_ns - one.unix_ns for one, after in pairwise(changes) if one.loud) / 1e9


def children_of(pid: int) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True
    ).stdout
    return [int(line) for line in found.split()]
