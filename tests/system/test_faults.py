"""Parts that die at the worst moment: nothing is lost, nothing doubled, no verdict lies."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from contract.states import Verdict
from controller.demo import once
from controller.demo import road as roads
from controller.demo.road import Road
from controller.demo.village import Village
from controller.launch.program import pids
from controller.model import Airing, JournalLine, StationVerdict
from tests.system.conftest import NOTICE, STATIONS
from tests.system.waves import RATE, decoded

pytestmark = pytest.mark.system

AHEAD = timedelta(seconds=8)  # room for a broker and a controller to come back
PATIENCE_S = 60.0
FIRST = "suoi-may-1"


def kill(village: Village, name: str) -> None:
    os.kill(pids(village.layout.data)[name], signal.SIGKILL)


def release(village: Village, road: Road) -> str:
    """A bulletin with its sound that a second person has approved."""
    bulletin = once.voice(village, road, NOTICE.read_text(encoding="utf-8"))
    roads.submit(road, bulletin, once.clock() + AHEAD)
    roads.approve(road, bulletin)
    return bulletin


def wait(village: Village, met: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    assert village.supervisor.wait_until(met, within_s)


def concluded(village: Village, road: Road, airing: Airing) -> dict[str, StationVerdict]:
    """The final verdicts by station; each came from exactly one `ended` line."""
    assert once.judged(village, road, airing, STATIONS)
    for station in (f"suoi-may-{n}" for n in range(1, STATIONS + 1)):
        assert [line.type for line in lines(village, airing, station)].count("ended") == 1
    return {row.station_id: row for row in roads.verdicts(road, airing.bulletin_id)}


def lines(village: Village, airing: Airing, station: str) -> list[JournalLine]:
    """What a station's journal says about an airing, in order."""
    with village.store.reading() as session:
        query = (
            select(JournalLine)
            .where(JournalLine.airing_id == airing.id, JournalLine.station_id == station)
            .order_by(JournalLine.n)
        )
        return list(session.scalars(query))


def captures(village: Village, airing: Airing, station: str) -> list[Path]:
    return sorted((village.layout.station(station) / "capture").glob(f"{airing.id}-*.wav"))


def test_a_broker_that_is_down_at_submit_loses_nothing(village: Village, road: Road) -> None:
    bulletin = once.voice(village, road, NOTICE.read_text(encoding="utf-8"))
    kill(village, "broker")  # nobody starts it again before somebody waits with the supervisor

    roads.submit(road, bulletin, once.clock() + AHEAD)
    roads.approve(road, bulletin)

    airing = once.planned(village, road, bulletin)
    found = concluded(village, road, airing)
    assert [row.verdict for row in found.values()] == [Verdict.AIRED] * STATIONS


def test_a_controller_killed_before_the_plan_is_sent_sends_it_when_it_is_back(
    village: Village, road: Road
) -> None:
    bulletin = once.voice(village, road, NOTICE.read_text(encoding="utf-8"))
    os.kill(pids(village.layout.data)["broker"], signal.SIGSTOP)  # nothing can be sent
    roads.submit(road, bulletin, once.clock() + AHEAD)
    approved_at = roads.approve(road, bulletin)
    wait(village, lambda: roads.plans_made(road, approved_at) == STATIONS)
    assert roads.plans_accepted(road, approved_at, 1) is None

    kill(village, "controller")
    os.kill(pids(village.layout.data)["broker"], signal.SIGCONT)

    found = concluded(village, road, once.planned(village, road, bulletin))
    assert [row.verdict for row in found.values()] == [Verdict.AIRED] * STATIONS


def test_a_station_killed_in_mid_sentence_tells_what_was_heard(
    village: Village, road: Road
) -> None:
    airing = once.planned(village, road, release(village, road))
    wait(village, lambda: bool(captures(village, airing, FIRST)))
    middle = airing.starts_at + (airing.ends_at - airing.starts_at) / 3
    wait(village, lambda: once.clock() >= middle)

    kill(village, FIRST)

    found = concluded(village, road, airing)
    heard = sum(len(decoded(file)) for file in captures(village, airing, FIRST))
    told = found[FIRST].played_samples
    assert found[FIRST].verdict in (Verdict.PARTIAL, Verdict.AIRED)
    assert (found[FIRST].verdict == Verdict.AIRED) == (told >= 0.98 * found[FIRST].total_samples)
    assert told <= heard + RATE  # progress is written each second: never more than was heard
    assert found["suoi-may-2"].verdict == Verdict.AIRED


def test_a_recording_that_rots_on_the_shelf_is_fetched_again(village: Village, road: Road) -> None:
    airing = once.planned(village, road, release(village, road))
    shelf = village.layout.station(FIRST) / "data" / "recordings"
    file = shelf / airing.recording_sha256
    wait(village, file.exists)
    file.write_bytes(b"rotten" + file.read_bytes()[6:])

    found = concluded(village, road, airing)

    assert found[FIRST].verdict in (Verdict.AIRED, Verdict.PARTIAL)
    with village.store.reading() as session:
        query = select(JournalLine.type).where(JournalLine.station_id == FIRST)
        assert "lost" in set(session.scalars(query))
