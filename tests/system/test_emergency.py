"""An emergency cuts in on every loudspeaker, and what it displaced goes on where it was cut."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from contract.states import Class, Verdict
from controller import emergency
from controller.demo import once
from controller.demo import road as roads
from controller.demo.road import Road
from controller.demo.village import Village
from controller.media.disk import DiskMedia
from controller.model import Airing, StationVerdict
from tests.system.conftest import NOTICE, STATIONS
from tests.system.waves import RATE, decoded, likeness

pytestmark = pytest.mark.system

WARNING = "Thông báo khẩn. Nước lên nhanh. Bà con ven suối lên cao ngay."
AHEAD = timedelta(seconds=5)
FADE_S = 0.1  # at each side of a cut


def on_the_air(village: Village, road: Road) -> Airing:
    """A normal notice that has sounded for three seconds."""
    bulletin = once.voice(village, road, NOTICE.read_text(encoding="utf-8"))
    roads.submit(road, bulletin, once.clock() + AHEAD)
    roads.approve(road, bulletin)
    airing = once.planned(village, road, bulletin)
    middle = airing.starts_at + timedelta(seconds=3)
    assert village.supervisor.wait_until(lambda: once.clock() >= middle, 60.0)
    return airing


def warned(village: Village, road: Road, bulletin: str) -> Airing:
    roads.submit(road, bulletin, once.clock() + timedelta(minutes=1))
    roads.approve(road, bulletin)
    return roads.airings(road, bulletin)[0]


def verdicts(village: Village, road: Road, airing: Airing) -> list[StationVerdict]:
    assert once.judged(village, road, airing, STATIONS)
    return roads.verdicts(road, airing.bulletin_id)


def capture(village: Village, airing: Airing, station: str, run: int) -> Path:
    return village.layout.station(station) / "capture" / f"{airing.id}-{run}.wav"


def test_an_emergency_cuts_in_and_the_notice_goes_on_after_it(village: Village, road: Road) -> None:
    warning = once.voice(village, road, WARNING, Class.EMERGENCY)
    notice = on_the_air(village, road)

    alarm = warned(village, road, warning)

    media = DiskMedia(village.layout.settings.media)
    for told in verdicts(village, road, alarm):
        assert told.verdict == Verdict.AIRED
        heard = decoded(capture(village, alarm, told.station_id, 1))
        assert likeness(heard, decoded(media.recording(alarm.recording_sha256))) >= 0.98
        assert told.started_at is not None
        assert (told.started_at - alarm.starts_at).total_seconds() < 3.0
    for told in verdicts(village, road, notice):
        assert told.verdict == Verdict.AIRED
        parts = [decoded(capture(village, notice, told.station_id, run)) for run in (1, 2)]
        whole = decoded(media.recording(notice.recording_sha256))
        assert abs(sum(map(len, parts)) - len(whole)) <= 2 * FADE_S * RATE
        assert likeness(np.concatenate(parts), whole) >= 0.98


def test_an_all_clear_ends_it_at_once(village: Village, road: Road) -> None:
    warning = once.voice(village, road, " ".join([WARNING] * 3), Class.EMERGENCY)
    alarm = warned(village, road, warning)
    assert village.supervisor.wait_until(
        lambda: capture(village, alarm, "suoi-may-1", 1).exists(), 20.0
    )

    with road.store.writing() as session:
        emergency.all_clear(session, road.approver, alarm.id, signer=road.signer, now=once.clock())

    for told in verdicts(village, road, alarm):
        assert told.verdict in {Verdict.PARTIAL, Verdict.SKIPPED}
        assert told.played_samples < told.total_samples / 2
