"""The ledger of verdicts: targets frozen at the start, then exactly one verdict each."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from contract.reports import EVIDENCE, Ended, Started
from contract.states import AIRING_MOVES, VERDICT_MOVES, AiringState, Cause, Verdict, move
from controller.alarms import sound_alarm
from controller.fleet import Fleet
from controller.model import Airing, JournalLine, StationVerdict
from controller.upsert import insert
from controller.verdicts import judge

SILENCE = timedelta(days=10)
"""design §2: after 10 days without a word from the station a verdict is `unverified`."""


def is_work(session: Session, now: datetime) -> bool:
    """Whether some airing is to be started or may be closed."""
    query = select(Airing.id).where(
        (Airing.state == AiringState.STARTED)
        | ((Airing.state == AiringState.PLANNED) & (Airing.starts_at <= now))
    )
    return session.scalars(query.limit(1)).first() is not None


def start_due(session: Session, fleet: Fleet, now: datetime) -> None:
    """Airings whose time has come are started: their targets are frozen."""
    query = (
        select(Airing)
        .where(Airing.state == AiringState.PLANNED, Airing.starts_at <= now)
        .with_for_update(skip_locked=True)
    )
    for airing in session.scalars(query).all():
        freeze_targets(session, airing, fleet, now)


def freeze_targets(session: Session, airing: Airing, fleet: Fleet, now: datetime) -> None:
    """A pending row for each station that is a target now; what was reported already counts."""
    airing.state = move(AIRING_MOVES, airing.state, AiringState.STARTED)
    rows = [
        {
            "airing_id": airing.id,
            "station_id": station,
            "verdict": Verdict.PENDING,
            "planned_at": airing.starts_at,
        }
        for station in sorted(fleet.under(airing.targets))
    ]
    if rows:
        session.execute(insert(session, StationVerdict).on_conflict_do_nothing(), rows)
    early = select(JournalLine).where(JournalLine.airing_id == airing.id).order_by(JournalLine.n)
    for line in session.scalars(early).all():
        if line.type == "ended":
            apply(session, line.station_id, msgspec.convert(line.event, Ended), now)


def began(session: Session, station: str, started: Started, at: datetime) -> None:
    """The station says that it began; shown as playing until its `ended` line comes."""
    session.execute(
        update(StationVerdict)
        .where(
            StationVerdict.airing_id == started.airing,
            StationVerdict.station_id == station,
            StationVerdict.started_at.is_(None),
        )
        .values(started_at=at)
    )


def apply(session: Session, station: str, ended: Ended, now: datetime) -> None:
    """Turn an `ended` line into the verdict. A decided one never changes; that is an alarm."""
    row = session.get(StationVerdict, (ended.airing, station), with_for_update=True)
    if row is None:
        _explain_stranger(session, station, ended, now)
    elif row.verdict not in (Verdict.PENDING, Verdict.UNVERIFIED):
        detail = f"Lượt phát {ended.airing} đã có kết quả, cụm loa lại báo {ended.cause}."
        sound_alarm(session, "second_verdict", detail, now, station)
    else:
        _write(row, ended, now)
        session.flush()


def close_done(session: Session) -> None:
    """Started airings of which every verdict is in are closed."""
    waiting = exists().where(
        StationVerdict.airing_id == Airing.id, StationVerdict.verdict == Verdict.PENDING
    )
    done = select(Airing).where(Airing.state == AiringState.STARTED, ~waiting)
    for airing in session.scalars(done).all():
        airing.state = move(AIRING_MOVES, airing.state, AiringState.CLOSED)


def give_up_silent(session: Session, now: datetime) -> None:
    """Verdicts pending for 10 days become unverified; a late report still decides them."""
    session.execute(
        update(StationVerdict)
        .where(
            StationVerdict.verdict == Verdict.PENDING,
            StationVerdict.planned_at < now - SILENCE,
        )
        .values(verdict=Verdict.UNVERIFIED, decided_at=now)
    )


def reason_of(row: StationVerdict) -> Cause | None:
    """The cause of a verdict, when it has one."""
    return Cause(row.cause) if row.cause else None


def _write(row: StationVerdict, ended: Ended, now: datetime) -> None:
    row.verdict = move(VERDICT_MOVES, Verdict(row.verdict), judge(ended))
    row.cause = ended.cause
    row.started_at = ended.started_at or row.started_at
    row.ended_at = ended.ended_at
    row.played_samples = ended.played_samples
    row.total_samples = ended.total_samples
    row.underruns = ended.underruns
    row.evidence = ended.evidence if ended.evidence in EVIDENCE else None
    row.detail = ended.detail
    row.decided_at = now


def _explain_stranger(session: Session, station: str, ended: Ended, now: datetime) -> None:
    """An airing that the station was no target of when it started, or that we do not know."""
    airing = session.get(Airing, ended.airing)
    if airing is not None and airing.state == AiringState.PLANNED:
        return  # reported before its start was noticed here: freeze_targets finds the line
    if ended.played_samples == 0:
        return  # nothing sounded, nobody was misled
    detail = f"Cụm loa phát lượt {ended.airing} mà không có trong danh sách phát."
    sound_alarm(session, "stray_airing", detail, now, station)
