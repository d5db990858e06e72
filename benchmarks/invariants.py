"""The invariants of the station campaign, judged by what no agent writes.

I1 nothing sounds, and no loudspeaker is open, but for an airing that was approved
I2 no airing sounds whole twice on a station; an emergency cut off by a fault begins anew
I5 journals have no gap, and a station has one journal besides the loose leaves of a full disk:
   nothing went back after a power cut
I6 the board is mute within its watchdog's time after the death of the agent
"""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.ears import soundings
from benchmarks.ledger import samples_in
from benchmarks.surroundings import BOARDED, WATCHDOG_S, Surroundings
from contract.states import Class
from controller.demo.village import Village
from controller.model import Airing, JournalLine, StationVerdict
from tests.fakes.board import Change

ID_LENGTH = 36  # of an airing's id, a UUID
WHOLE = 0.98
RATE = 48_000
BEFORE_S = 4.0
"""The rig rises three seconds before a start, and sound begins no earlier than that start."""
AFTER_S = WATCHDOG_S + 4.0
"""An agent that dies while something sounds leaves the board to its watchdog."""

Span = tuple[float, float]
"""From, to: Unix seconds."""


def violations(
    village: Village,
    around: Surroundings,
    stations: list[str],
    agents_killed: list[tuple[str, int]],
) -> list[str]:
    """Everything that should not have been, one sentence each: what, when, where."""
    with village.store.reading() as session:
        found = [*_sounds(session, village, around)]
        for station in stations:
            found += _doubles(session, village, station)
            found += _gaps(session, station)
    deaths = [at for station, at in agents_killed if station == BOARDED]
    return found + list(open_after_death(around.board.history(), deaths))


def _sounds(session: Session, village: Village, around: Surroundings) -> Iterator[str]:
    allowed = _allowed(session, village)
    wall_s = time.time() - time.monotonic()
    heard = [(a + wall_s, b + wall_s) for a, b in soundings(around.sink)]
    opened = list(loud_spans(around.board.history()))
    for what, spans in (("sounded", heard), ("loudspeakers open", opened)):
        for begun, ended in spans:
            if not any(a <= begun and ended <= b for a, b in allowed):
                yield f"I1 {BOARDED}: {what} for nothing approved, {begun:.1f} to {ended:.1f}"


def _allowed(session: Session, village: Village) -> list[Span]:
    """Around each approved airing's start, and each of its runs; those that touch are one."""
    airings = {
        airing.id: airing.starts_at.timestamp() for airing in session.scalars(select(Airing))
    }
    spans = [(at - BEFORE_S, at + AFTER_S) for at in airings.values()]
    for file in (village.layout.station(BOARDED) / "capture").glob("*.wav"):
        if airing_of(file) in airings:
            ended = file.stat().st_mtime
            spans.append((ended - samples_in(file) / RATE - BEFORE_S, ended + AFTER_S))
    return list(joined(sorted(spans)))


def joined(spans: list[Span]) -> Iterator[Span]:
    """Spans in order, those that touch made one."""
    begun, ended = spans[0]
    for a, b in spans[1:]:
        if a > ended:
            yield begun, ended
            begun, ended = a, b
        ended = max(ended, b)
    yield begun, ended


def loud_spans(history: list[Change]) -> Iterator[Span]:
    """When somebody could hear something, by the board."""
    begun = None
    for change in history:
        at = change.unix_ns / 1e9
        if change.loud and begun is None:
            begun = at
        elif not change.loud and begun is not None:
            yield begun, at
            begun = None
    if begun is not None:
        yield begun, time.time()


def _doubles(session: Session, village: Village, station: str) -> Iterator[str]:
    whole = Counter[str]()
    for file in (village.layout.station(station) / "capture").glob("*.wav"):
        airing = airing_of(file)
        row = session.get(StationVerdict, (airing, station))
        if row is None:
            yield f"I1 {station}: {file.name} is of no airing"
        elif row.total_samples and samples_in(file) >= WHOLE * row.total_samples:
            whole[airing] += 1
    for airing, count in whole.items():
        if count > 1 and session.get_one(Airing, airing).cls != Class.EMERGENCY:
            yield f"I2 {station}: {airing} sounded whole {count} times"


def _gaps(session: Session, station: str) -> Iterator[str]:
    journals: dict[str, set[int]] = {}
    leaves = set[str]()
    for line in session.scalars(select(JournalLine).where(JournalLine.station_id == station)):
        journals.setdefault(line.journal, set()).add(line.n)
        if line.n == 1 and line.event.get("code") == "disk":
            leaves.add(line.journal)
    if len(journals) - len(leaves) != 1:
        yield f"I5 {station}: {len(journals)} journals, {len(leaves)} of them loose leaves"
    for journal, numbers in journals.items():
        missing = set(range(1, max(numbers) + 1)) - numbers
        if missing:
            yield f"I5 {station}: journal {journal} has no lines {sorted(missing)[:10]}"


def airing_of(capture: Path) -> str:
    """Whose run it is: `<airing>-<run>`, and `-<n>` when a dead agent had forgotten that run."""
    return capture.stem[:ID_LENGTH]


def open_after_death(history: list[Change], deaths: list[int]) -> Iterator[str]:
    """Deaths of the agent (Unix ns) that left the board open for too long."""
    for at in deaths:
        before = [change for change in history if change.unix_ns <= at]
        if not before or not before[-1].loud:
            continue
        shut = [c.unix_ns for c in history if c.unix_ns > at and not c.loud]
        took_s = (min(shut, default=time.time_ns()) - at) / 1e9
        if took_s > WATCHDOG_S + 1:
            yield f"I6 {BOARDED}: open for {took_s:.1f} s after its agent died at {at / 1e9:.1f}"


def runs_of(folder: Path, airing: str) -> int:
    """How many runs of an airing a station has captured."""
    return len(list(folder.glob(f"{airing}-*.wav")))
