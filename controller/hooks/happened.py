"""Happened: a fact as a hook may be told of it, or nothing of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import Cause, Verdict
from controller.hooks.kinds import OF_AUDIT, Kind
from controller.hooks.reach import Reach
from controller.hooks.telling import AiringTold, AlarmTold, BulletinTold, Told, VerdictsTold
from controller.hooks.telling import VerdictTold as One
from controller.live import SAMPLES_PER_S
from controller.model import Airing, AuditLine, Bulletin, HookEvent, Station


class Happened(Struct, frozen=True):
    """A fact; `told` gives what somebody with this reach may know of it, None: nothing."""

    kind: Kind
    at: datetime
    told: Callable[[Reach], Told | None]


def of_line(session: Session, line: AuditLine) -> Happened | None:
    """What a line of the audit says; None when it is no event, or its object is here no more."""
    kind = OF_AUDIT.get(line.action)
    if kind is None:
        return None
    facts, before = line.after or {}, line.before or {}
    if line.object_kind == "bulletin" and "airing" not in facts:
        return _of_bulletin(session, kind, line, str(facts.get("reason", "")))
    airing = session.get(Airing, facts.get("airing", line.object_id))
    if airing is None:
        return None
    bulletin = session.get_one(Bulletin, airing.bulletin_id)
    was = datetime.fromisoformat(before["starts_at"]) if kind is Kind.MOVED else None
    becomes = datetime.fromisoformat(facts["starts_at"]) if kind is Kind.MOVED else None
    told = AiringTold(
        airing_id=airing.id,
        bulletin_id=bulletin.id,
        area_id=bulletin.area_id,
        title=bulletin.title,
        cls=airing.cls,
        targets=list(airing.targets),
        starts_at=becomes or airing.starts_at,
        was=was,
    )

    def for_(reach: Reach) -> Told | None:
        sounds = not reach.near.isdisjoint(told.targets)
        return told if told.area_id in reach.near and sounds else None

    return Happened(kind, line.at, for_)


def of_event(session: Session, row: HookEvent) -> Happened | None:
    """What was written down with the fact itself."""
    kind = Kind(row.kind)
    if kind is Kind.VERDICT:
        return _of_verdicts(session, row)
    station = session.get(Station, row.station_id) if row.station_id else None
    told = AlarmTold(
        code=row.facts["code"],
        detail=row.facts["detail"],
        since=datetime.fromisoformat(row.facts["since"]),
        station_id=row.station_id,
        area_id=station.area_id if station else None,
    )

    def for_(reach: Reach) -> Told | None:
        seen = told.area_id in reach.stations if told.station_id else reach.server
        return told if seen else None

    return Happened(kind, row.at, for_)


def _of_bulletin(session: Session, kind: Kind, line: AuditLine, reason: str) -> Happened | None:
    row = session.get(Bulletin, line.object_id)
    if row is None:
        return None
    told = BulletinTold(
        bulletin_id=row.id,
        area_id=row.area_id,
        title=row.title,
        cls=row.cls,
        targets=list(row.targets),
        reason=reason,
    )
    return Happened(kind, line.at, lambda reach: told if row.area_id in reach.bulletins else None)


def _of_verdicts(session: Session, row: HookEvent) -> Happened | None:
    airing = session.get(Airing, row.facts["airing"])
    if airing is None:
        return None
    bulletin = session.get_one(Bulletin, airing.bulletin_id)
    names = {one["station_id"] for one in row.facts["verdicts"]}
    placed = select(Station.id, Station.area_id).where(Station.id.in_(names))
    places = {id_: area for id_, area in session.execute(placed)}  # noqa: C416 - typed rows
    lines = [_verdict(one, places) for one in row.facts["verdicts"] if one["station_id"] in places]

    def for_(reach: Reach) -> Told | None:
        seen = [one for one in lines if one.area_id in reach.stations]
        if not seen:
            return None
        return VerdictsTold(
            airing_id=airing.id,
            bulletin_id=bulletin.id,
            title=bulletin.title,
            cls=airing.cls,
            verdicts=seen,
        )

    return Happened(Kind.VERDICT, row.at, for_)


def _verdict(one: Mapping[str, Any], places: Mapping[str, str]) -> One:
    return One(
        station_id=one["station_id"],
        area_id=places[one["station_id"]],
        verdict=Verdict(one["verdict"]),
        cause=Cause(one["cause"]) if one["cause"] else None,
        planned_at=datetime.fromisoformat(one["planned_at"]),
        started_at=_instant(one["started_at"]),
        ended_at=_instant(one["ended_at"]),
        played_s=one["played_samples"] / SAMPLES_PER_S,
        total_s=one["total_samples"] / SAMPLES_PER_S,
        evidence=one["evidence"],
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
