"""Reporting: journal lines of stations become facts here, each exactly once."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract import reports
from contract.reports import Ack, Line, Receipt, Report
from controller import delivery, verdict_ledger
from controller.alarms import sound_alarm
from controller.model import JournalLine, StationJournal, StationRecording
from controller.upsert import insert

WALK = 1_000
"""Lines looked at to move the receipt on; a batch has at most 100, so gaps close in few steps."""


def take_report(session: Session, report: Report, now: datetime) -> Receipt:
    """Store a batch and act on the lines that are new; whatever comes again changes nothing.

    Lines beyond a gap are stored too, but the receipt never goes past a gap: the station sends
    again what lies above it.
    """
    journal = _journal(session, report, now)
    fresh = _store(session, report)
    for line in report.lines:
        if line.n in fresh:
            act(session, report.station, line, now)
            fresh.remove(line.n)  # a number that stands twice in one batch counts once
    journal.seen_at = now
    journal.through = _contiguous(session, journal)
    session.flush()
    return Receipt(station=report.station, journal=report.journal, through=journal.through)


def act(session: Session, station: str, line: Line, now: datetime) -> None:
    """What a line changes here."""
    match line.event:
        case reports.Ended() as ended:
            verdict_ledger.apply(session, station, ended, now)
        case reports.Started() as started:
            verdict_ledger.began(session, station, started, line.at)
        case reports.OrderTaken(order=order):
            # the same as its acknowledgement, which may be lost; a journal line is not
            ack = Ack(station=station, of=order, topic="", at=line.at)
            delivery.answered(session, ack, now)
        case reports.RecordingHeld(recording=sha256):
            row = {"station_id": station, "sha256": sha256, "held_at": line.at}
            session.execute(insert(session, StationRecording).on_conflict_do_nothing(), [row])
        case reports.RecordingLost(recording=sha256, detail=detail):
            _lose(session, station, sha256)
            told = f"Tệp âm thanh {sha256[:12]} trên cụm loa bị hỏng, đã tải lại. {detail}"
            sound_alarm(session, "recording_lost", told, now, station)
        case reports.MessageRefused(topic=topic, reason=reason, detail=detail):
            told = f"Cụm loa từ chối tin {topic}: {reason}. {detail}"
            sound_alarm(session, "message_refused", told, now, station)
        case reports.Trouble(code=code, detail=detail):
            sound_alarm(session, f"station_{code}"[:40], detail, now, station)


def _journal(session: Session, report: Report, now: datetime) -> StationJournal:
    """The station's journal, locked; made when it is new."""
    name = {"station_id": report.station, "journal": report.journal}
    found = session.get(StationJournal, name, with_for_update=True)
    if found is not None:
        return found
    new = insert(session, StationJournal).on_conflict_do_nothing()
    session.execute(new, [{**name, "through": 0, "seen_at": now}])
    return session.get_one(StationJournal, name, with_for_update=True)


def _store(session: Session, report: Report) -> set[int]:
    """Insert the lines; the numbers that were not there before."""
    rows = {line.n: _row(report, line) for line in reversed(report.lines)}
    new = insert(session, JournalLine).on_conflict_do_nothing().returning(JournalLine.n)
    return set(session.scalars(new, list(rows.values())))


def _row(report: Report, line: Line) -> dict[str, object]:
    event = msgspec.to_builtins(line.event)
    return {
        "station_id": report.station,
        "journal": report.journal,
        "n": line.n,
        "at": line.at,
        "type": event["type"],
        "airing_id": event.get("airing"),
        "event": event,
    }


def _contiguous(session: Session, journal: StationJournal) -> int:
    """The highest number below which no line is missing."""
    through = journal.through
    while True:
        above = _above(session, journal, through)
        for n in above:
            if n != through + 1:
                return through
            through = n
        if len(above) < WALK:
            return through


def _above(session: Session, journal: StationJournal, through: int) -> Sequence[int]:
    query = (
        select(JournalLine.n)
        .where(
            JournalLine.station_id == journal.station_id,
            JournalLine.journal == journal.journal,
            JournalLine.n > through,
        )
        .order_by(JournalLine.n)
        .limit(WALK)
    )
    return session.scalars(query).all()


def _lose(session: Session, station: str, sha256: str) -> None:
    session.execute(
        delete(StationRecording).where(
            StationRecording.station_id == station, StationRecording.sha256 == sha256
        )
    )
