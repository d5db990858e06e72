"""What a headless run found, as the JSON that others read."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from controller.demo.layout import Layout
from controller.model import Recording, StationVerdict

RATE = 48_000  # samples a second of every recording


class RecordingFacts(Struct, frozen=True, kw_only=True):
    """The sound that was approved, as measured when it was made."""

    sha256: str
    duration_s: float
    loudness_lufs: float | None  # None: too short to have one
    true_peak_dbtp: float
    format: str
    path: str


class StationOutcome(Struct, frozen=True, kw_only=True):
    """What one station did. `captured_wav` is what left its player."""

    id: str
    planned_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    played_s: float
    verdict: str
    cause: str | None
    evidence: str | None
    underruns: int
    captured_wav: str


class Outcome(Struct, frozen=True, kw_only=True):
    """One bulletin from the first word to the last verdict; all times are UTC."""

    bulletin_id: str
    airing_id: str
    composed_at: datetime
    voiced_at: datetime
    submitted_at: datetime
    approved_at: datetime
    plans_accepted_at: datetime | None
    judged_at: datetime
    recording: RecordingFacts
    stations: list[StationOutcome]

    @property
    def all_aired(self) -> bool:
        """Whether every station aired it."""
        return all(station.verdict == "aired" for station in self.stations)


def recording_facts(row: Recording, file: Path) -> RecordingFacts:
    """The facts of a recording that lies in `file`."""
    return RecordingFacts(
        sha256=row.sha256,
        duration_s=row.samples / RATE,
        loudness_lufs=row.loudness_lufs,
        true_peak_dbtp=row.true_peak_dbtp,
        format=row.format,
        path=str(file),
    )


def station_outcome(layout: Layout, row: StationVerdict) -> StationOutcome:
    """What one station did, with where its capture lies."""
    return StationOutcome(
        id=row.station_id,
        planned_at=row.planned_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        played_s=row.played_samples / RATE,
        verdict=row.verdict,
        cause=row.cause,
        evidence=row.evidence,
        underruns=row.underruns,
        captured_wav=str(layout.station(row.station_id) / "capture" / f"{row.airing_id}-1.wav"),
    )
