"""Schedule: what is planned, sounding, heard and still to be planned in a span of time."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contract.states import AiringState, Verdict
from controller.approved import Approved, read_approved
from controller.bulletins import holidays
from controller.model import Airing, Bulletin, Tally
from controller.planning import HORIZON
from scheduler.planner import LOOKBACK
from scheduler.rules import starts

Verdicts = dict[str, dict[str, Counter[Verdict]]]
"""How many stations have which verdict: by airing, then by the area that they stand in."""


class Slot(Struct, frozen=True, kw_only=True):
    """A bulletin at a time. `state` None: not planned yet, only foreseen, and `id` is "" then."""

    id: str
    bulletin_id: str
    title: str
    owner: str  # the area whose bulletin it is
    cls: int
    is_relay: bool
    state: AiringState | None
    starts_at: datetime
    ends_at: datetime
    targets: tuple[str, ...]  # areas and single stations
    reason: str = ""


def read(session: Session, since: datetime, until: datetime, *, now: datetime) -> list[Slot]:
    """What is in the air in [since, until), anywhere, by start.

    Plans reach as far as HORIZON; beyond it stands what the rules of approved bulletins foresee.
    """
    found = _planned(session, since, until)
    if until > now + HORIZON:
        found += _foreseen(session, max(since, now + HORIZON), until)
    return sorted(found, key=lambda slot: (slot.starts_at, slot.cls, slot.id, slot.bulletin_id))


def verdicts(session: Session, slots: Collection[Slot]) -> Verdicts:
    """What became of those that have begun, counted."""
    begun = [s.id for s in slots if s.state in (AiringState.STARTED, AiringState.CLOSED)]
    query = (
        select(Tally.airing_id, Tally.area_id, Tally.verdict, func.sum(Tally.stations))
        .where(Tally.airing_id.in_(begun))
        .group_by(Tally.airing_id, Tally.area_id, Tally.verdict)
    )
    found: Verdicts = {}
    for airing, area, verdict, stations in session.execute(query):
        counted = found.setdefault(airing, {}).setdefault(area, Counter())
        counted[Verdict(verdict)] += int(stations)
    return found


def _planned(session: Session, since: datetime, until: datetime) -> list[Slot]:
    query = (
        select(
            Airing.id,
            Airing.bulletin_id,
            Bulletin.title,
            Bulletin.area_id,
            Airing.cls,
            Bulletin.relay_source,
            Airing.state,
            Airing.starts_at,
            Airing.ends_at,
            Airing.targets,
            Airing.reason,
        )
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(
            Airing.starts_at > since - LOOKBACK,  # the index is by start
            Airing.starts_at < until,
            Airing.ends_at > since,
        )
    )
    return [
        Slot(
            id=row.id,
            bulletin_id=row.bulletin_id,
            title=row.title,
            owner=row.area_id,
            cls=row.cls,
            is_relay=bool(row.relay_source),
            state=AiringState(row.state),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            targets=tuple(row.targets),
            reason=row.reason,
        )
        for row in session.execute(query)
    ]


def _foreseen(session: Session, since: datetime, until: datetime) -> list[Slot]:
    """By the rules alone: who must wait for whom is decided when it is planned."""
    off = holidays(session)
    approved = read_approved(session, since)
    ids = [one.bulletin_id for one in approved]
    owned = select(Bulletin.id, Bulletin.area_id).where(Bulletin.id.in_(ids))
    owners = dict(list(session.execute(owned)))
    return [
        _expected(one, owners[one.bulletin_id], start)
        for one in approved
        for start in starts(one.rule, since, until, off)
        if one.released[0] <= start <= one.released[1] and one.allows(start, start + _length(one))
    ]


def _length(one: Approved) -> timedelta:
    return timedelta(milliseconds=one.duration_ms)


def _expected(one: Approved, owner: str, start: datetime) -> Slot:
    return Slot(
        id="",
        bulletin_id=one.bulletin_id,
        title=one.title,
        owner=owner,
        cls=one.cls,
        is_relay=bool(one.slots),
        state=None,
        starts_at=start,
        ends_at=start + _length(one),
        targets=tuple(one.targets),
    )
