"""Emergencies: sounded when approved, by one retained message an area, until the all-clear."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contract import messages, topics
from contract.ids import new_id
from contract.states import AiringState, Class
from contract.topics import Channel
from controller import areas, audit, facts, outbox
from controller.alarms import clear_alarm, sound_alarm
from controller.areas import local_day
from controller.delivery import deliver, keys, order_row
from controller.errors import NotFound, WrongState
from controller.fleet import Fleet, read_fleet
from controller.model import Airing, Approval, AreaKind, Bulletin, Order, OrderKind, Recording
from controller.outbox import Message
from controller.permissions import Permission, Who, require
from controller.plan_content import plan_recording
from controller.plans import BACKDATE
from controller.ports import Signer
from controller.verdict_ledger import freeze_targets

ON_THE_AIR = "emergency"

LEVELS = {AreaKind.PROVINCE: 1, AreaKind.ZONE: 2, AreaKind.COMMUNE: 3, AreaKind.HAMLET: 4}
"""contract.precedence: of two emergencies the one from the higher area is heard; 0 the country."""


def sound(
    session: Session,
    asking: Who,
    bulletin: Bulletin,
    approval: Approval,
    *,
    signer: Signer,
    now: datetime,
) -> Airing:
    """Put an approved emergency on the air now, in all its targets.

    Called in the transaction of the approval, which has checked who may do so.
    """
    recording = session.get_one(Recording, bulletin.recording_sha256)
    fleet = read_fleet(session, local_day(now))
    airing = _airing(session, bulletin, approval, recording, now)
    payload = messages.Emergency(
        id=new_id(now),
        aud=tuple(bulletin.targets),
        seq=facts.next_seq(session),
        iat=now,
        nbf=now - BACKDATE,
        exp=airing.ends_at + timedelta(hours=bulletin.valid_h),
        airing=airing.id,
        bulletin=bulletin.id,
        recording=plan_recording(recording),
        rank=airing.rank,
    )
    order = order_row(payload, OrderKind.EMERGENCY, asking.person_id, airing.id, signer)
    freeze_targets(session, airing, fleet, now)
    _send(session, order, order.id, fleet, now)
    sound_alarm(session, ON_THE_AIR, f"Đang phát khẩn cấp: {bulletin.title}", now)
    after = {"airing": airing.id, "targets": bulletin.targets}
    audit.record(session, asking, "emergency.sound", "bulletin", bulletin.id, after=after, now=now)
    return airing


def all_clear(
    session: Session, asking: Who, airing_id: str, *, signer: Signer, now: datetime
) -> Order:
    """End an emergency everywhere; whoever comes late finds the all-clear in its place.

    Raises NotFound, and WrongState when it is over or was cleared before.
    """
    emergency = _emergency(session, airing_id)
    fleet = read_fleet(session, local_day(now))
    names = fleet.areas_of(emergency.audience)
    require(session, asking, Permission.STOP, names, local_day(now))
    if now >= emergency.expires_at:
        raise WrongState("Bản tin khẩn cấp này đã hết hiệu lực.")
    order = _clear(session, emergency, asking.person_id, fleet=fleet, signer=signer, now=now)
    audit.record(session, asking, "emergency.all_clear", "airing", airing_id, now=now)
    return order


def clear_voided(session: Session, fleet: Fleet, signer: Signer, now: datetime) -> None:
    """The all-clear for emergencies that were edited or withdrawn, in the name of who did so."""
    query = (
        live(now)
        .add_columns(Bulletin.edited_by)
        .join(Approval, Approval.id == Airing.approval_id)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Approval.voided_at.is_not(None))
    )
    for emergency, person in session.execute(query).all():
        _clear(session, emergency, person, fleet=fleet, signer=signer, now=now)
        airing_id = emergency.airing_id or ""
        audit.record(session, None, "emergency.all_clear", "airing", airing_id, now=now)


def live(now: datetime) -> Select[Order]:
    """Emergencies that are valid, not cleared, and not over on every station."""
    cleared = select(Order.airing_id).where(Order.kind == OrderKind.ALL_CLEAR)
    return (
        select(Order)
        .join(Airing, Airing.id == Order.airing_id)
        .where(
            Order.kind == OrderKind.EMERGENCY,
            Order.expires_at > now,
            Order.airing_id.not_in(cleared),
            Airing.state == AiringState.STARTED,
        )
    )


def lower_alarm(session: Session, now: datetime) -> None:
    """The alarm is over when no emergency is on the air any more."""
    if session.scalars(live(now).limit(1)).first() is None:
        clear_alarm(session, ON_THE_AIR, now)


def _clear(
    session: Session,
    emergency: Order,
    made_by: str,
    *,
    fleet: Fleet,
    signer: Signer,
    now: datetime,
) -> Order:
    payload = messages.AllClear(
        id=new_id(now),
        aud=tuple(emergency.audience),
        seq=facts.next_seq(session),
        iat=now,
        nbf=now - BACKDATE,
        exp=emergency.expires_at,
        emergency=emergency.id,
    )
    order = order_row(payload, OrderKind.ALL_CLEAR, made_by, emergency.airing_id, signer)
    _send(session, order, emergency.id, fleet, now)
    lower_alarm(session, now)
    return order


def _airing(
    session: Session, bulletin: Bulletin, approval: Approval, recording: Recording, now: datetime
) -> Airing:
    home = areas.get(session, bulletin.area_id)
    airing = Airing(
        id=new_id(now),
        bulletin_id=bulletin.id,
        approval_id=approval.id,
        recording_sha256=recording.sha256,
        cls=Class.EMERGENCY,
        rank=LEVELS[AreaKind(home.kind)],
        starts_at=now,
        ends_at=now + timedelta(milliseconds=recording.samples / 48),
        targets=bulletin.targets,
        state=AiringState.PLANNED,
    )
    session.add(airing)
    session.flush()
    return airing


def _emergency(session: Session, airing_id: str) -> Order:
    query = select(Order).where(Order.airing_id == airing_id).with_for_update()
    orders = {order.kind: order for order in session.scalars(query)}
    if OrderKind.EMERGENCY not in orders:
        raise NotFound("airing", airing_id)
    if OrderKind.ALL_CLEAR in orders:
        raise WrongState("Đã báo yên cho bản tin khẩn cấp này.")
    return orders[OrderKind.EMERGENCY]


def _send(session: Session, order: Order, place: str, fleet: Fleet, now: datetime) -> None:
    """One retained message for each target; the broker does the fan-out."""
    deliver(session, order, fleet, now)
    outbox.put(session, list(_messages(order, place, fleet)), now)


def _messages(order: Order, place: str, fleet: Fleet) -> Iterable[Message]:
    for key, name in zip(keys(order), order.audience, strict=True):
        yield Message(
            key=key,
            topic=topics.of(Channel.EMERGENCY, fleet.whom(name), name, place),
            payload=order.envelope,
            retained=True,
            expires_at=order.expires_at,
        )
