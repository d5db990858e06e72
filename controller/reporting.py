"""Reporting: journal lines of stations become facts here, each exactly once.

A batch of reports costs as many statements as one: a province starts and ends in the same minute.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from contract import reports
from contract.reports import Ack, Ended, Line, Receipt, Report, Started
from contract.stances import Stance
from controller import delivery, diagnoses, self_tests, verdict_ledger, why
from controller.alarms import sound_alarm
from controller.model import JournalLine, StationJournal, StationRecording
from controller.releases import rollouts
from controller.upsert import insert

Journals = Mapping[tuple[str, str], StationJournal]
"""By station and journal id."""

Told = Mapping[tuple[str, str, int], Line]
"""Lines by station, journal id and number."""


def take_reports(session: Session, batch: Sequence[Report], now: datetime) -> list[Receipt]:
    """Store them and act on the lines that are new; whatever comes again changes nothing.

    Lines beyond a gap are stored too, but a receipt never goes past a gap: the station sends
    again what lies above it. One receipt for each journal.
    """
    journals, told = _journals(session, batch, now), _told(batch)
    act(session, _store(session, told), now)
    _move_on(session, journals, told)
    session.flush()
    return [
        Receipt(station=station, journal=journal, through=row.through, at=now)
        for (station, journal), row in journals.items()
    ]


def act(session: Session, lines: Iterable[tuple[str, Line]], now: datetime) -> None:
    """What lines of stations change here; those of a kind together."""
    began: list[tuple[str, Started, datetime]] = []
    ended: list[tuple[str, Ended]] = []
    obeyed: list[Ack] = []
    held: dict[tuple[str, str], datetime] = {}
    decided: list[tuple[str, Line, Stance]] = []
    for station, line in lines:
        match line.event:
            case Started() as event:
                began.append((station, event, line.at))
            case Ended() as event:
                ended.append((station, event))
            case reports.OrderTaken(order=order):
                # the same as its acknowledgement, which may be lost; a journal line is not
                obeyed.append(Ack(station=station, of=order, topic="", at=line.at))
            case reports.Decided(stance=stance):
                decided.append((station, line, stance))
            case reports.RecordingHeld(recording=sha256):
                held[station, sha256] = line.at
            case reports.RecordingLost(recording=sha256, detail=detail):
                held.pop((station, sha256), None)
                _lose(session, station, sha256)
                told = f"Tệp âm thanh {sha256[:12]} trên cụm loa bị hỏng, đã tải lại. {detail}"
                sound_alarm(session, "recording_lost", told, now, station)
            case reports.MessageRefused(topic=topic, reason=reason, detail=detail):
                told = f"Cụm loa từ chối tin {topic}: {reason}. {detail}"
                sound_alarm(session, "message_refused", told, now, station)
            case reports.AgentStep() as step:
                rollouts.heard(session, station, step, line.at, now)
            case reports.SelfTested() as test:
                self_tests.take(session, station, test, line.at)
            case reports.Diagnosed(order=order, problem=problem) if problem:
                diagnoses.fail(session, station, order, problem)
            case reports.Trouble(code=code, detail=detail):
                sound_alarm(session, f"station_{code}"[:40], detail, now, station)
    verdict_ledger.began(session, began)
    verdict_ledger.apply(session, ended, now)
    delivery.answered(session, obeyed, now)
    _hold(session, held)
    why.take(session, decided)


def _journals(session: Session, batch: Sequence[Report], now: datetime) -> Journals:
    """The journals of a batch, locked; made when they are new."""
    names = sorted({(report.station, report.journal) for report in batch})
    rows = [{"station_id": s, "journal": j, "through": 0, "seen_at": now} for s, j in names]
    new = insert(session, StationJournal)
    session.execute(
        new.on_conflict_do_update(
            index_elements=["station_id", "journal"], set_={"seen_at": new.excluded.seen_at}
        ),
        rows,
    )
    query = (
        select(StationJournal)
        .where(StationJournal.station_id.in_({station for station, _ in names}))
        .execution_options(populate_existing=True)
    )
    found = {(row.station_id, row.journal): row for row in session.scalars(query)}
    return {name: found[name] for name in names}


def _told(batch: Sequence[Report]) -> Told:
    """Every line once, as it was told first."""
    told: dict[tuple[str, str, int], Line] = {}
    for report in batch:
        for line in report.lines:
            told.setdefault((report.station, report.journal, line.n), line)
    return told


def _store(session: Session, told: Told) -> list[tuple[str, Line]]:
    """Insert the lines; those that were not there before, with their stations."""
    new = (
        insert(session, JournalLine)
        .on_conflict_do_nothing()
        .returning(JournalLine.station_id, JournalLine.journal, JournalLine.n)
    )
    fresh = {tuple(key) for key in session.execute(new, [_row(*each) for each in told.items()])}
    return [(key[0], line) for key, line in told.items() if key in fresh]


def _row(key: tuple[str, str, int], line: Line) -> dict[str, object]:
    station, journal, n = key
    event = msgspec.to_builtins(line.event)
    return {
        "station_id": station,
        "journal": journal,
        "n": n,
        "at": line.at,
        "type": event["type"],
        "airing_id": event.get("airing"),
        "event": event,
    }


def _move_on(session: Session, journals: Journals, told: Told) -> None:
    """Bring each journal to the highest number below which no line is missing."""
    for name, row in journals.items():
        while (*name, row.through + 1) in told:
            row.through += 1
    session.flush()
    # what was stored beyond a gap, if that is closed now
    following = exists().where(
        JournalLine.station_id == StationJournal.station_id,
        JournalLine.journal == StationJournal.journal,
        JournalLine.n == StationJournal.through + 1,
    )
    stations = {station for station, _ in journals}
    query = select(StationJournal).where(StationJournal.station_id.in_(stations), following)
    for row in session.scalars(query).all():
        _close_gap(session, row)


def _close_gap(session: Session, journal: StationJournal) -> None:
    query = select(JournalLine.n).where(
        JournalLine.station_id == journal.station_id,
        JournalLine.journal == journal.journal,
        JournalLine.n > journal.through,
    )
    for n in session.scalars(query.order_by(JournalLine.n)):
        if n != journal.through + 1:
            return
        journal.through = n


def _hold(session: Session, held: Mapping[tuple[str, str], datetime]) -> None:
    rows = [
        {"station_id": station, "sha256": sha256, "held_at": at}
        for (station, sha256), at in held.items()
    ]
    if rows:
        session.execute(insert(session, StationRecording).on_conflict_do_nothing(), rows)


def _lose(session: Session, station: str, sha256: str) -> None:
    session.execute(
        delete(StationRecording).where(
            StationRecording.station_id == station, StationRecording.sha256 == sha256
        )
    )
