"""The ledger of verdicts: targets frozen at the start, then exactly one verdict each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import UnsetType
from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import Session

from contract.reports import EVIDENCE, Ended, Started
from contract.states import AIRING_MOVES, VERDICT_MOVES, AiringState, Cause, Verdict, move
from controller import proofs, tally
from controller.alarms import sound_alarm
from controller.fleet import Fleet
from controller.hooks import happenings
from controller.model import SELF_TOLD, Airing, JournalLine, StationVerdict
from controller.upsert import insert
from controller.verdicts import judge

SILENCE = timedelta(days=10)
"""After 10 days without a word from the station a verdict is `unverified`."""


def is_work(session: Session, now: datetime) -> bool:
    """Whether some airing is to be started or closed."""
    due = (Airing.state == AiringState.PLANNED) & (Airing.starts_at <= now)
    query = select(Airing.id).where(due | _is_done())
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
    tally.begin(session, airing)
    early = session.scalars(
        select(JournalLine).where(JournalLine.airing_id == airing.id).order_by(JournalLine.n)
    ).all()
    # stations write `started` before the instant itself, while the player makes ready
    began(
        session,
        [
            (line.station_id, msgspec.convert(line.event, Started), line.at)
            for line in early
            if line.type == "started"
        ],
    )
    apply(
        session,
        [
            (line.station_id, msgspec.convert(line.event, Ended))
            for line in early
            if line.type == "ended"
        ],
        now,
    )


def began(session: Session, lines: Iterable[tuple[str, Started, datetime]]) -> None:
    """Stations say that they began; shown as playing until their `ended` lines come."""
    rows = [{"of": event.airing, "by": station, "since": at} for station, event, at in lines]
    if rows:
        session.connection().execute(
            update(StationVerdict.__table__)  # type: ignore[arg-type]  # a Table, typed wider
            .where(
                StationVerdict.airing_id == bindparam("of"),
                StationVerdict.station_id == bindparam("by"),
                StationVerdict.started_at.is_(None),
                StationVerdict.decided_at.is_(None),  # its end told what there was to tell
            )
            .values(started_at=bindparam("since")),
            rows,
        )


def apply(session: Session, lines: Sequence[tuple[str, Ended]], now: datetime) -> None:
    """Turn `ended` lines into verdicts. A decided one never changes; that is an alarm."""
    rows = _locked(session, lines)
    moves, decided = [], []
    for station, ended in lines:
        row = rows.get((ended.airing, station))
        if row is None:
            _explain_stranger(session, station, ended, now)
        elif row.verdict not in (Verdict.PENDING, Verdict.UNVERIFIED):
            detail = f"Lượt phát {ended.airing} đã có kết quả, cụm loa lại báo {ended.cause}."
            sound_alarm(session, "second_verdict", detail, now, station)
        else:
            before = tally.standing(row)
            _write(row, ended, now)
            moves.append(tally.Moved(ended.airing, station, before, tally.standing(row)))
            decided.append(row)
            proofs.warn(session, station, proofs.of_line(ended), now)
    session.flush()
    tally.move(session, moves)
    happenings.verdicts(session, decided, now)


def _locked(
    session: Session, lines: Iterable[tuple[str, Ended]]
) -> dict[tuple[str, str], StationVerdict]:
    """The rows that the lines speak of, by airing and station, as they are now.

    Asked for by airing: SQLite would look for pairs in the whole table.
    """
    stations = defaultdict(set)
    for station, ended in lines:
        stations[ended.airing].add(station)
    found = {}
    for airing, whose in sorted(stations.items()):
        query = (
            select(StationVerdict)
            .where(StationVerdict.airing_id == airing, StationVerdict.station_id.in_(whose))
            .order_by(StationVerdict.station_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        found.update({(airing, row.station_id): row for row in session.scalars(query)})
    return found


def close_done(session: Session) -> None:
    """Started airings of which every verdict is in are closed."""
    for airing in session.scalars(select(Airing).where(_is_done())).all():
        airing.state = move(AIRING_MOVES, airing.state, AiringState.CLOSED)


def _is_done() -> ColumnElement[bool]:
    waiting = exists().where(
        StationVerdict.airing_id == Airing.id, StationVerdict.verdict == Verdict.PENDING
    )
    return (Airing.state == AiringState.STARTED) & ~waiting


def give_up_silent(session: Session, now: datetime) -> None:
    """Verdicts pending for 10 days become unverified; a late report still decides them."""
    given_up = session.scalars(
        update(StationVerdict)
        .where(
            StationVerdict.verdict == Verdict.PENDING,
            StationVerdict.planned_at < now - SILENCE,
        )
        .values(verdict=Verdict.UNVERIFIED, decided_at=now)
        .returning(StationVerdict)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    tally.move(
        session,
        [
            tally.Moved(row.airing_id, row.station_id, tally.PENDING, tally.UNVERIFIED)
            for row in given_up
        ],
    )
    happenings.verdicts(session, given_up, now)


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
    row.relayed_samples = _told(ended.relayed_samples)
    row.fallback_samples = _told(ended.fallback_samples)
    row.silent_samples = _told(ended.silent_samples)
    row.underruns = ended.underruns
    row.evidence = ended.evidence if ended.evidence in (*EVIDENCE, SELF_TOLD) else None
    row.proofs = proofs.kept(proofs.of_line(ended))
    row.detail = ended.detail
    row.decided_at = now


def _told(samples: int | UnsetType) -> int | None:
    """None: it was no relay, or what its player had counted was lost with it."""
    return None if isinstance(samples, UnsetType) else samples


def _explain_stranger(session: Session, station: str, ended: Ended, now: datetime) -> None:
    """An airing that the station was no target of when it started, or that we do not know."""
    airing = session.get(Airing, ended.airing)
    if airing is not None and airing.state == AiringState.PLANNED:
        return  # reported before its start was noticed here: freeze_targets finds the line
    if ended.played_samples == 0:
        return  # nothing sounded, nobody was misled
    detail = f"Cụm loa phát lượt {ended.airing} mà không có trong danh sách phát."
    sound_alarm(session, "stray_airing", detail, now, station)
