"""Whether the books of a run are true: one verdict for each airing and station, and no lie."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contract.states import AiringState, Verdict
from controller.demo.layout import Layout
from controller.demo.village import Village
from controller.model import Airing, Alarm, JournalLine, StationVerdict

RATE = 48_000
WAV_HEADER_BYTES = 44
BYTES_PER_SAMPLE = 2  # captures are mono, 16 bit
UNFLUSHED_S = 1.0  # what a killed player had played and not yet written down


def faults_in_the_books(village: Village, bulletins: list[str], stations: list[str]) -> list[str]:
    """Everything wrong, one sentence each; empty when the books are true."""
    with village.store.reading() as session:
        found = [fault for bulletin in bulletins for fault in _airings(session, bulletin)]
        for airing in session.scalars(select(Airing)):
            for station in stations:
                found += _one_verdict(session, airing, station)
                found += _no_lie(session, village.layout, airing, station)
        doubled = session.scalars(select(Alarm.detail).where(Alarm.code == "second_verdict"))
        found += [f"alarm second_verdict: {detail}" for detail in doubled]
    return found


def _airings(session: Session, bulletin: str) -> Iterator[str]:
    states = list(session.scalars(select(Airing.state).where(Airing.bulletin_id == bulletin)))
    if len(states) != 1:
        yield f"bulletin {bulletin} has {len(states)} airings"
    elif states[0] != AiringState.CLOSED:
        yield f"the airing of bulletin {bulletin} is {states[0]}"


def _one_verdict(session: Session, airing: Airing, station: str) -> Iterator[str]:
    where = f"{airing.id} on {station}"
    row = session.get(StationVerdict, (airing.id, station))
    if row is None or row.verdict in (Verdict.PENDING, Verdict.UNVERIFIED):
        yield f"{where}: no verdict"
    ended = session.scalar(
        select(func.count())
        .select_from(JournalLine)
        .where(
            JournalLine.airing_id == airing.id,
            JournalLine.station_id == station,
            JournalLine.type == "ended",
        )
    )
    if ended != 1:
        yield f"{where}: {ended} lines say that it ended"


def _no_lie(session: Session, layout: Layout, airing: Airing, station: str) -> Iterator[str]:
    """No more is claimed than what really left the player."""
    row = session.get(StationVerdict, (airing.id, station))
    if row is None:
        return
    files = list((layout.station(station) / "capture").glob(f"{airing.id}-*.wav"))
    heard = sum(map(samples_in, files))
    if row.played_samples > heard + UNFLUSHED_S * RATE * len(files):
        yield f"{airing.id} on {station}: {row.played_samples} samples told, {heard} captured"


def samples_in(file: Path) -> int:
    """How many samples a capture holds."""
    return max(0, file.stat().st_size - WAV_HEADER_BYTES) // BYTES_PER_SAMPLE
