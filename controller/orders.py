"""Orders that people give: stop, cancel, volume, self-test, diagnosis.

delivery.py follows them to each station.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from contract import messages, topics
from contract.ids import new_id
from contract.states import AIRING_MOVES, AiringState, Class, move
from contract.topics import Channel
from controller import audit, facts, outbox
from controller.areas import local_day
from controller.delivery import deliver, order_row
from controller.errors import Invalid, NotFound, WrongState
from controller.fleet import Fleet, read_fleet
from controller.model import Airing, Order, OrderKind
from controller.outbox import Kind, Message
from controller.permissions import Permission, Who, require
from controller.plans import BACKDATE
from controller.ports import Signer
from scheduler.problem import Problem

Do = messages.Stop | messages.Cancel | messages.SetVolume | messages.SelfTest | messages.Diagnose

STOP_VALID = timedelta(minutes=2)
"""A stop is about what sounds now; one that comes later would end something else."""

VOLUME_VALID = timedelta(days=1)
"""A station that is off the net for the night still learns its new volume."""

TEST_VALID = timedelta(minutes=2)
"""Somebody stands below the loudspeaker and listens."""

DIAGNOSE_VALID = timedelta(hours=1)
"""A station that is out of reach for a moment still answers; tomorrow nobody remembers why."""

CANCEL_BEYOND_END = timedelta(minutes=30)
"""A cancelled airing may have been displaced and resume after its planned end."""

BY_PEOPLE = "Đã hủy theo yêu cầu của người quản lý."


def stop(
    session: Session, asking: Who, names: Sequence[str], now: datetime, signer: Signer
) -> Order:
    """Silence these stations or areas now, and whatever waits there to be resumed.

    Raises NotFound for one that this person may not stop.
    """
    fleet = _allowed(session, asking, Permission.STOP, names, now)
    payload = _payload(session, names, messages.Stop(), now, now + STOP_VALID)
    return _order(session, asking, fleet, payload, signer)


def set_volume(
    session: Session,
    asking: Who,
    names: Sequence[str],
    percent: int | None,
    *,
    signer: Signer,
    now: datetime,
) -> Order:
    """The own volume of these stations, or of all in these areas, from now on; None: no order any
    more, as their plans and settings say. Raises NotFound.
    """
    if percent is not None and not 0 <= percent <= 100:
        raise Invalid([Problem("percent", "Âm lượng phải từ 0 đến 100.")])
    do = messages.SetVolume(percent=percent)
    return _manage(session, asking, names, do, VOLUME_VALID, signer=signer, now=now)


def self_test(
    session: Session, asking: Who, station_id: str, *, signer: Signer, now: datetime
) -> Order:
    """Have a station sound its quiet tone. Raises NotFound."""
    do = messages.SelfTest()
    return _manage(session, asking, [station_id], do, TEST_VALID, signer=signer, now=now)


def diagnose(
    session: Session, asking: Who, station_id: str, *, signer: Signer, now: datetime
) -> Order:
    """Have a station bring a diagnosis. Raises NotFound."""
    do = messages.Diagnose()
    return _manage(session, asking, [station_id], do, DIAGNOSE_VALID, signer=signer, now=now)


def cancel(
    session: Session, asking: Who, airing_id: str, *, signer: Signer, now: datetime
) -> Order | None:
    """Take an airing off the air. One that has not started leaves the plans, without an order.

    Raises NotFound, and WrongState when it is over already or an emergency: whoever comes late
    would still find that on its topic, and only an all-clear takes its place.
    """
    airing = session.get(Airing, airing_id, with_for_update=True)
    if airing is None:
        raise NotFound("airing", airing_id)
    fleet = _allowed(session, asking, Permission.STOP, airing.targets, now)
    if airing.cls == Class.EMERGENCY:
        raise WrongState("Bản tin khẩn cấp được kết thúc bằng lệnh báo yên.")
    if airing.state == AiringState.STARTED:
        until = max(now, airing.ends_at) + CANCEL_BEYOND_END
        do = messages.Cancel(airing=airing_id)
        payload = _payload(session, airing.targets, do, now, until)
        return _order(session, asking, fleet, payload, signer)
    if airing.state not in (AiringState.PLANNED, AiringState.REFUSED):
        raise WrongState("Lượt phát này đã kết thúc hoặc đã được hủy.")
    before = {"state": airing.state}
    airing.state = move(AIRING_MOVES, AiringState(airing.state), AiringState.CANCELLED)
    airing.reason = BY_PEOPLE
    after = {"state": airing.state}
    audit.record(
        session, asking, "airing.cancel", "airing", airing_id, before=before, after=after, now=now
    )
    return None


def _manage(
    session: Session,
    asking: Who,
    names: Sequence[str],
    do: Do,
    valid: timedelta,
    *,
    signer: Signer,
    now: datetime,
) -> Order:
    """Have stations do what only those who manage them may ask. Raises NotFound."""
    fleet = _allowed(session, asking, Permission.MANAGE_STATIONS, names, now)
    payload = _payload(session, names, do, now, now + valid)
    return _order(session, asking, fleet, payload, signer)


def _allowed(
    session: Session, asking: Who, permission: Permission, names: Sequence[str], now: datetime
) -> Fleet:
    """The stations of today, when `asking` has the permission for each of the names."""
    fleet = read_fleet(session, local_day(now))
    require(session, asking, permission, fleet.areas_of(names), local_day(now))
    return fleet


def _order(
    session: Session,
    asking: Who,
    fleet: Fleet,
    payload: messages.Order,
    signer: Signer,
) -> Order:
    do = payload.do
    airing_id = do.airing if isinstance(do, messages.Cancel) else None
    order = order_row(payload, OrderKind.ORDER, asking.person_id, airing_id, signer)
    now = payload.iat
    deliver(session, order, fleet, now)
    outbox.put(session, [_message(order, name, fleet) for name in payload.aud], now)
    told = msgspec.to_builtins(do)
    audit.record(session, asking, "order.send", "order", order.id, after=told, now=now)
    return order


def _payload(
    session: Session, names: Sequence[str], do: Do, now: datetime, until: datetime
) -> messages.Order:
    return messages.Order(
        id=new_id(now),
        aud=tuple(names),
        seq=facts.next_seq(session),
        iat=now,
        nbf=now - BACKDATE,
        exp=until,
        do=do,
    )


def _message(order: Order, name: str, fleet: Fleet) -> Message:
    return Message(
        key=outbox.key(Kind.ORDER, order.id, name),
        topic=topics.of(Channel.ORDER, fleet.whom(name), name),
        payload=order.envelope,
        retained=False,
        expires_at=order.expires_at,
    )
