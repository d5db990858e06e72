"""Happenings: what no audit line tells, written down with the fact itself for hooks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller.hooks.kinds import Kind
from controller.model import Alarm, Hook, HookEvent, StationVerdict

SILENT = "station_silent"
"""The alarm of a station of which nothing is heard: an event of its own."""

MOST = 500
"""Verdicts in one message: some tens of kilobytes."""


def is_heard(session: Session) -> bool:
    """Whether any hook wants to be told of anything."""
    query = select(Hook.id).where(Hook.stopped_at.is_(None)).limit(1)
    return session.scalar(query) is not None


def alarms(session: Session, rows: Iterable[Alarm], now: datetime, *, over: bool) -> None:
    """These alarms were raised, or are over."""
    found = list(rows)
    if not found or not is_heard(session):
        return
    _write(session, [_of_alarm(row, now, over=over) for row in found])


def verdicts(session: Session, rows: Iterable[StationVerdict], now: datetime) -> None:
    """These verdicts were decided."""
    found = list(rows)
    if not found or not is_heard(session):
        return
    by_airing: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        by_airing[row.airing_id].append(_of_verdict(row))
    _write(
        session,
        [
            _event(now, Kind.VERDICT, None, {"airing": airing, "verdicts": told[n : n + MOST]})
            for airing, told in by_airing.items()
            for n in range(0, len(told), MOST)
        ],
    )


def _of_alarm(row: Alarm, now: datetime, *, over: bool) -> dict[str, Any]:
    if row.code == SILENT:
        kind = Kind.BACK if over else Kind.SILENT
    else:
        kind = Kind.ALARM_OVER if over else Kind.ALARM
    facts = {"code": row.code, "detail": row.detail, "since": row.first_at.isoformat()}
    return _event(now, kind, row.station_id, facts)


def _of_verdict(row: StationVerdict) -> dict[str, Any]:
    return {
        "station_id": row.station_id,
        "verdict": str(row.verdict),
        "cause": row.cause,
        "planned_at": row.planned_at.isoformat(),
        "started_at": row.started_at.isoformat() if row.started_at else None,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "played_samples": row.played_samples,
        "total_samples": row.total_samples,
        "evidence": row.evidence,
    }


def _event(now: datetime, kind: Kind, station: str | None, facts: dict[str, Any]) -> dict[str, Any]:
    return {"id": new_id(now), "at": now, "kind": kind, "station_id": station, "facts": facts}


def _write(session: Session, rows: list[dict[str, Any]]) -> None:
    session.execute(insert(HookEvent), rows)
