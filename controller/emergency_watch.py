"""Emergency watch: what is on the air as an emergency, and how far it has come at each station."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from contract.errors import Refusal
from contract.states import BulletinState, Class, OrderState, Verdict
from contract.telling import REFUSED
from controller import areas, emergency, proofs
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import (
    Airing,
    Approval,
    Bulletin,
    Order,
    OrderDelivery,
    OrderKind,
    Station,
    StationState,
    StationVerdict,
)
from controller.permissions import Permission, Who, can, scope

A_PAGE = 100  # stations; the troubled ones come first
LOOKED_BACK = timedelta(days=7)


class Step(StrEnum):
    """How far an emergency has come at one station, the worst first."""

    UNHEARD = "unheard"  # refused, or over without having sounded
    WAITING = "waiting"  # it has not answered yet
    ACCEPTED = "accepted"
    SOUNDING = "sounding"
    DONE = "done"


class OnAir(Struct, frozen=True, kw_only=True):
    """An emergency that is not over. `may_clear`: whether the person may give the all-clear."""

    airing_id: str
    title: str
    starts_at: datetime
    until: datetime
    may_clear: bool


class Reached(Struct, frozen=True, kw_only=True):
    """One station. `reason` says in Vietnamese why it is not as it should be."""

    station: str
    name: str
    step: Step
    online: bool
    seen_at: datetime | None
    started_at: datetime | None
    played_s: float
    reason: str


class Watched(Struct, frozen=True, kw_only=True):
    """An emergency with a page of its stations and how many stand at each step."""

    airing: Airing
    bulletin: Bulletin
    until: datetime
    cleared_at: datetime | None
    may_clear: bool
    tally: dict[Step, int]
    lines: list[Reached]


def on_air(session: Session, asking: Who, now: datetime) -> list[OnAir]:
    """The emergencies that sound, or still warn, somewhere that concerns this person."""
    query = emergency.live(now).add_columns(Bulletin.title, Airing.starts_at)
    rows = session.execute(query.join(Bulletin, Bulletin.id == Airing.bulletin_id)).all()
    return [
        OnAir(
            airing_id=order.airing_id or "",
            title=title,
            starts_at=starts_at,
            until=order.expires_at,
            may_clear=_may_clear(session, asking, order.audience, now),
        )
        for order, title, starts_at in rows
        if _concerns(session, asking, order.audience, now)
    ]


def past(session: Session, asking: Who, now: datetime) -> list[tuple[Airing, str]]:
    """The emergencies of the last days that concern this person, newest first, with titles."""
    query = (
        select(Airing, Bulletin.title)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.starts_at > now - LOOKED_BACK, Airing.cls == Class.EMERGENCY)
        .order_by(Airing.starts_at.desc(), Airing.id)
    )
    found = session.execute(query).all()
    return [(row, title) for row, title in found if _concerns(session, asking, row.targets, now)]


def unfinished(session: Session, asking: Who, now: datetime) -> list[Bulletin]:
    """Written of late in this person's places and not on the air yet, last changed first."""
    seen = scope(session, asking, Permission.SEE_BULLETINS, local_day(now))
    query = (
        select(Bulletin)
        .where(
            Bulletin.area_id.in_(seen),
            Bulletin.cls == Class.EMERGENCY,
            Bulletin.state.not_in((BulletinState.APPROVED, BulletinState.WITHDRAWN)),
            Bulletin.updated_at > now - LOOKED_BACK,
        )
        .order_by(Bulletin.updated_at.desc(), Bulletin.id)
    )
    return list(session.scalars(query))


def airing_of(session: Session, found: Approval) -> str | None:
    """The airing by which an approved emergency sounds; None for any other approval."""
    query = select(Airing.id).where(
        Airing.bulletin_id == found.bulletin_id,
        Airing.approval_id == found.id,
        Airing.cls == Class.EMERGENCY,
    )
    return session.scalars(query).first()


def watch(
    session: Session, asking: Who, airing_id: str, now: datetime, *, skip: int = 0
) -> Watched:
    """How it stands with an emergency; `skip` stations are on earlier pages. Raises NotFound."""
    airing = session.get(Airing, airing_id)
    if airing is None or airing.cls != Class.EMERGENCY:
        raise NotFound("airing", airing_id)
    bulletin = session.get_one(Bulletin, airing.bulletin_id)
    today = local_day(now)
    mine = can(session, asking, Permission.SEE_BULLETINS, bulletin.area_id, today)
    if not (mine or _concerns(session, asking, airing.targets, now)):
        raise NotFound("airing", airing_id)
    orders = {order.kind: order for order in session.scalars(_orders_of(airing_id))}
    sent, cleared = orders[OrderKind.EMERGENCY], orders.get(OrderKind.ALL_CLEAR)
    seen = scope(session, asking, Permission.SEE_STATIONS, today)
    ended = cleared is not None or now >= sent.expires_at
    return Watched(
        airing=airing,
        bulletin=bulletin,
        until=sent.expires_at,
        cleared_at=cleared.made_at if cleared else None,
        may_clear=not ended and _may_clear(session, asking, sent.audience, now),
        tally=_tally(session, airing, sent, seen),
        lines=_lines(session, airing, sent, seen, skip),
    )


def _orders_of(airing_id: str) -> Select[Order]:
    return select(Order).where(Order.airing_id == airing_id)


def _may_clear(session: Session, asking: Who, targets: Collection[str], now: datetime) -> bool:
    today = local_day(now)
    return all(can(session, asking, Permission.STOP, target, today) for target in targets)


def _concerns(session: Session, asking: Who, targets: Collection[str], now: datetime) -> bool:
    """Whether it sounds in a place of theirs, or in all of a place that theirs lies in."""
    mine, today = set(asking.areas_of(Permission.SEE_STATIONS)), local_day(now)
    above = areas.lineages(session, {*targets, *mine}, today)
    within = any(not mine.isdisjoint(above[target]) for target in targets)
    return within or any(not set(targets).isdisjoint(above[place]) for place in mine)


def _step(airing: Airing) -> ColumnElement[str]:
    """The step of a row of `_rows`, decided by the database: a province has 10,000 stations."""
    plays = StationState.on_air["airing"].as_string() == airing.id
    lost = OrderDelivery.state.in_((OrderState.REFUSED, OrderState.EXPIRED))
    heard = StationVerdict.verdict.in_((Verdict.AIRED, Verdict.PARTIAL))
    pending = StationVerdict.verdict == Verdict.PENDING
    return case(
        (heard, Step.DONE),
        (~pending, Step.UNHEARD),
        (or_(StationVerdict.started_at.is_not(None), plays), Step.SOUNDING),
        (OrderDelivery.state == OrderState.ACCEPTED, Step.ACCEPTED),
        (lost, Step.UNHEARD),
        else_=Step.WAITING,
    )


def _within(query: Select, airing: Airing, sent: Order, seen: Collection[str]) -> Select:  # type: ignore[type-arg]  # of whatever columns
    told = and_(
        OrderDelivery.order_id == sent.id, OrderDelivery.station_id == StationVerdict.station_id
    )
    return (
        query.select_from(StationVerdict)
        .join(Station, Station.id == StationVerdict.station_id)
        .join(StationState, StationState.station_id == Station.id)
        .outerjoin(OrderDelivery, told)
        .where(StationVerdict.airing_id == airing.id, Station.area_id.in_(seen))
    )


def _tally(session: Session, airing: Airing, sent: Order, seen: Collection[str]) -> dict[Step, int]:
    step = _step(airing)
    query = _within(select(step, func.count()), airing, sent, seen).group_by(step)
    found = dict(list(session.execute(query)))
    return {step: found[step] for step in Step if step in found}


def _lines(
    session: Session, airing: Airing, sent: Order, seen: Collection[str], skip: int
) -> list[Reached]:
    step = _step(airing)
    worst = case({each.value: number for number, each in enumerate(Step)}, value=step)
    columns = select(StationVerdict, Station, StationState, OrderDelivery, step)
    query = _within(columns, airing, sent, seen).order_by(worst, Station.id)
    return [
        Reached(
            station=station.id,
            name=station.name,
            step=Step(at),
            online=state.online,
            seen_at=state.seen_at,
            started_at=row.started_at,
            played_s=row.played_samples / 48_000,
            reason=_reason(row, delivery),
        )
        for row, station, state, delivery, at in session.execute(query.offset(skip).limit(A_PAGE))
    ]


def _reason(row: StationVerdict, delivery: OrderDelivery | None) -> str:
    if row.verdict != Verdict.PENDING:
        return "" if row.verdict == Verdict.AIRED else proofs.reason(row)
    if delivery is None:
        return ""
    if delivery.state == OrderState.EXPIRED:
        return "không nhận được trong thời hạn cảnh báo"
    code = delivery.detail.partition(" ")[0]
    return f"cụm loa từ chối: {REFUSED[Refusal(code)]}" if code in set(Refusal) else ""
