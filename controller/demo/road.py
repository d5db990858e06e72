"""The road of one bulletin, walked by its officer and its approver through the use cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class, Verdict
from controller import approval, bulletins, permissions
from controller.content import content_hash, draft_of, unknown_words
from controller.drafts import Draft
from controller.model import (
    Airing,
    Bulletin,
    BulletinKind,
    Grant,
    Person,
    Role,
    StationPlan,
    StationVerdict,
)
from controller.permissions import Who
from controller.ports import Signer
from controller.store import Store
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.rules import Rule

SOMETIME = timedelta(days=1)
"""The start while the sound is still being made; the real one is chosen when it is known."""


@dataclass(frozen=True, slots=True)
class Road:
    """Who walks it, where. `now` is the clock."""

    store: Store
    signer: Signer
    officer: Who
    approver: Who
    area: str
    now: Callable[[], datetime]


def of_commune(store: Store, signer: Signer, area: str, now: Callable[[], datetime]) -> Road:
    """The road in a commune that has one officer and one approver."""
    with store.reading() as session:
        officer, approver = (_holder(session, role, area) for role in (Role.OFFICER, Role.APPROVER))
    return Road(store, signer, officer, approver, area, now)


def compose(road: Road, text: str, cls: Class = Class.NORMAL) -> str:
    """The officer writes it and asks for the voice; gives the bulletin's id.

    Its title is the first line. Raises Invalid.
    """
    now = road.now()
    draft = Draft(
        area_id=road.area,
        title="",
        kind=BulletinKind.TEXT,
        targets=(road.area,),
        rule=once(now + SOMETIME),
        text=text,
        cls=cls,
    )
    with road.store.writing() as session:
        made = bulletins.compose(session, road.officer, draft, now=now)
        bulletins.ask_for_voice(session, road.officer, made.id, made.version, now=now)
        return made.id


def is_voiced(road: Road, bulletin_id: str) -> bool:
    """Whether there is a recording to listen to. Raises ValueError with the voice's complaint."""
    bulletin = _read(road, bulletin_id)
    if bulletin.voice_problem:
        raise ValueError(bulletin.voice_problem)
    return bulletin.state == BulletinState.READY


def submit(road: Road, bulletin_id: str, start: datetime) -> datetime:
    """The officer has listened, sets the start and asks for approval; gives that moment."""
    now = road.now()
    with road.store.writing() as session:
        bulletin = bulletins.get(session, road.officer, bulletin_id, now=now)
        draft = structs.replace(draft_of(bulletin), rule=once(start))
        bulletin = bulletins.edit(
            session, road.officer, bulletin.id, bulletin.version, draft, now=now
        )
        heard = str(bulletin.recording_sha256)
        bulletins.listened(session, road.officer, bulletin.id, heard, now=now)
        session.flush()
        session.refresh(bulletin)
        bulletins.submit(
            session,
            road.officer,
            bulletin.id,
            bulletin.version,
            acknowledged=unknown_words(bulletin),
            now=now,
        )
    return now


def approve(road: Road, bulletin_id: str) -> datetime:
    """The approver lets exactly this content be heard; gives that moment."""
    now = road.now()
    with road.store.writing() as session:
        bulletin = bulletins.get(session, road.approver, bulletin_id, now=now)
        seen = content_hash(bulletin)
        approval.approve(session, road.approver, bulletin.id, seen, signer=road.signer, now=now)
    return now


def airings(road: Road, bulletin_id: str) -> list[Airing]:
    """Its airings, as planned so far."""
    with road.store.reading() as session:
        query = select(Airing).where(Airing.bulletin_id == bulletin_id).order_by(Airing.starts_at)
        return list(session.scalars(query))


def plans_made(road: Road, since: datetime) -> int:
    """How many stations have a plan made after `since`."""
    with road.store.reading() as session:
        return session.query(StationPlan).where(StationPlan.made_at >= since).count()


def plans_accepted(road: Road, since: datetime, stations: int) -> datetime | None:
    """When the last of so many stations accepted a plan made after `since`; None: not yet all."""
    with road.store.reading() as session:
        query = select(StationPlan.accepted_at).where(
            StationPlan.made_at >= since, StationPlan.accepted_at.is_not(None)
        )
        accepted = [at for at in session.scalars(query) if at is not None]
    return max(accepted) if len(accepted) >= stations else None


def verdicts(road: Road, bulletin_id: str) -> list[StationVerdict]:
    """What became of it on each station so far, by station."""
    with road.store.reading() as session:
        query = (
            select(StationVerdict)
            .join(Airing, Airing.id == StationVerdict.airing_id)
            .where(Airing.bulletin_id == bulletin_id)
            .order_by(StationVerdict.station_id)
        )
        return list(session.scalars(query))


def all_judged(found: list[StationVerdict], stations: int) -> bool:
    """Whether every station has a final verdict."""
    return len(found) == stations and all(each.verdict != Verdict.PENDING for each in found)


def once(start: datetime) -> Rule:
    """One start, to the second."""
    local = start.astimezone(ZONE).replace(microsecond=0)
    return Rule(pattern=Once(day=local.date()), times=(local.time(),))


def _read(road: Road, bulletin_id: str) -> Bulletin:
    with road.store.reading() as session:
        return session.get_one(Bulletin, bulletin_id)


def _holder(session: Session, role: Role, area: str) -> Who:
    query = (
        select(Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == role, Grant.area_id == area, Person.active)
        .order_by(Person.login)
    )
    return permissions.who(session, session.scalars(query.limit(1)).one())
