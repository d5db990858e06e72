"""One notice all the way through, without a browser."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from contract.states import Class
from controller.demo import road as roads
from controller.demo.outcome import Outcome, RecordingFacts, recording_facts, station_outcome
from controller.demo.progress import say, step
from controller.demo.road import Road
from controller.demo.sample import SUOI_MAY
from controller.demo.seeding import area_id
from controller.demo.village import Village
from controller.keys.files import FileSigner
from controller.media.disk import DiskMedia
from controller.model import Airing, Recording

VOICE_WITHIN_S = 300.0
"""A notice of ten minutes is rendered in about one on a small machine."""

START_AHEAD = timedelta(seconds=7)
"""From approval to the first sample: plan, download and preparation, with room to spare."""

PLANNED_WITHIN_S = 30.0  # the controller looks each second; it may be on its way up again
JUDGED_WITHIN_S = 45.0  # after the end of the audio; stopping takes some more, 60 s in all


class Unfinished(Exception):
    """A step of the road was not reached in time."""


def clock() -> datetime:
    """The clock of the road."""
    return datetime.now(UTC)


def road_of(village: Village) -> Road:
    """The road in Suối Mây."""
    with village.store.reading() as session:
        area = area_id(session, SUOI_MAY)
    signer = FileSigner(village.layout.settings.keys)
    return roads.of_commune(village.store, signer, area, clock)


def walk(village: Village, road: Road, text: str, stations: int) -> Outcome:
    """Take `text` from its first word to a verdict of every station.

    A station without a verdict in time is told as pending. Raises Unfinished for an earlier step.
    """
    composed_at = clock()
    bulletin = voice(village, road, text)
    voiced_at = clock()
    submitted_at = roads.submit(road, bulletin, voiced_at + START_AHEAD)
    approved_at = roads.approve(road, bulletin)
    village.nudge()
    say("  ✓ đã nghe, gửi duyệt và duyệt")
    with step("các cụm loa đã nhận lịch phát"):
        airing = planned(village, road, bulletin)
        accepted_at = accepted(village, road, airing, approved_at, stations)
    with step("phát và báo kết quả"):
        judged(village, road, airing, stations)
    judged_at = clock()
    return Outcome(
        bulletin_id=bulletin,
        airing_id=airing.id,
        composed_at=composed_at,
        voiced_at=voiced_at,
        submitted_at=submitted_at,
        approved_at=approved_at,
        plans_accepted_at=accepted_at,
        judged_at=judged_at,
        recording=_recording(village, airing.recording_sha256),
        stations=[station_outcome(village.layout, row) for row in roads.verdicts(road, bulletin)],
    )


def voice(village: Village, road: Road, text: str, cls: Class = Class.NORMAL) -> str:
    """A bulletin with its sound, ready to be listened to; gives its id. Raises Unfinished."""
    with step("soạn bản tin và tạo giọng đọc"):
        bulletin = roads.compose(road, text, cls)
        village.nudge()
        _wait(village, "giọng đọc", lambda: roads.is_voiced(road, bulletin), VOICE_WITHIN_S)
    return bulletin


def planned(village: Village, road: Road, bulletin: str) -> Airing:
    """The airing of an approved bulletin. Raises Unfinished."""
    _wait(village, "lập lịch", lambda: bool(roads.airings(road, bulletin)), PLANNED_WITHIN_S)
    return roads.airings(road, bulletin)[0]


def accepted(
    village: Village, road: Road, airing: Airing, since: datetime, stations: int
) -> datetime | None:
    """When the last station had taken its plan; None when the start came before that."""
    left_s = max(0.0, (airing.starts_at - clock()).total_seconds())
    village.supervisor.wait_until(
        lambda: roads.plans_accepted(road, since, stations) is not None, left_s
    )
    return roads.plans_accepted(road, since, stations)


def judged(village: Village, road: Road, airing: Airing, stations: int) -> bool:
    """Wait for the verdict of every station; whether all came in time."""
    left_s = (airing.ends_at - clock()).total_seconds() + JUDGED_WITHIN_S
    return village.supervisor.wait_until(
        lambda: roads.all_judged(roads.verdicts(road, airing.bulletin_id), stations), left_s
    )


def _wait(village: Village, what: str, met: Callable[[], bool], within_s: float) -> None:
    if not village.supervisor.wait_until(met, within_s):
        raise Unfinished(f"Quá {within_s:.0f} giây mà chưa xong: {what}")


def _recording(village: Village, sha256: str) -> RecordingFacts:
    with village.store.reading() as session:
        row = session.get_one(Recording, sha256)
    return recording_facts(row, DiskMedia(village.layout.settings.media).recording(sha256))
