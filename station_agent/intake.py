"""Messages from below the untrusted postman: checked, obeyed or refused, answered."""

from datetime import timedelta

from msgspec import UNSET

from contract import codec, topics
from contract.errors import Refusal, RefusedMessage, UnknownVersion, Unreadable
from contract.messages import PAYLOAD_TYPES, AllClear, Emergency, Envelope, Order, Plan, Signed
from contract.reports import Ack, MessageRefused, OrderTaken, PlanHeld, PlanTaken, Receipt
from contract.signing import check_address, check_time, verify
from contract.topics import Channel, Place
from station_agent import floor, orders, plans, rooting, unwritten
from station_agent.actions import Answer, CompareClock, Stored
from station_agent.clock_sense import floor_of, witness
from station_agent.draft import Draft
from station_agent.refusals import may_write
from station_agent.state import Seen

KINDS: dict[Channel, tuple[type[Signed], ...]] = {
    Channel.PLAN: (Plan,),
    Channel.ORDER: (Order,),
    Channel.EMERGENCY: (Emergency, AllClear),
}
"""What may arrive where."""

RESENT_WITHIN = timedelta(minutes=10)
"""An order that comes again so soon was sent again because our answer was lost: no cause for
alarm. Later, somebody plays it back."""


def arrive(draft: Draft, topic: str, payload: bytes) -> None:
    """Obey a message or refuse it; nothing that arrives raises."""
    if not payload:
        return  # a retained message was cleared
    of = ""
    try:
        place = _place(draft, topic)
        if place.channel is Channel.RECEIPT:
            _receive(draft, codec.decode(Receipt, payload))
            return
        if place.channel is Channel.ROOTS:
            rooting.follow(draft, payload)
            return
        message = _open(draft, place, payload)
        of = message.id
        _judge(draft, place, message)
        if unwritten.waits(draft, message, topic, payload):
            return
        _obey(draft, topic, message, payload)
    except RefusedMessage as refusal:
        refuse(draft, topic, of, refusal.reason, refusal.detail)
    except UnknownVersion as error:
        refuse(draft, topic, of, Refusal.UNKNOWN_VERSION, error.detail)
    except Unreadable as error:
        refuse(draft, topic, of, Refusal.UNREADABLE, error.detail)


def _place(draft: Draft, topic: str) -> Place:
    place = topics.read(topic)
    if place is not None and place.channel is Channel.ROOTS:
        return place
    known = place is not None and (place.channel in KINDS or place.channel is Channel.RECEIPT)
    if place is None or not known:
        raise RefusedMessage(Refusal.WRONG_TOPIC, "no message for a station belongs there")
    if place.id not in draft.state.names:
        raise RefusedMessage(Refusal.WRONG_TOPIC, f"not ours: {place.id}")
    return place


def _open(draft: Draft, place: Place, payload: bytes) -> Signed:
    """The payload of a signed message. Raises RefusedMessage, Unreadable."""
    envelope = codec.decode(Envelope, payload)
    kinds = KINDS[place.channel]
    promised = envelope.payloadType.removesuffix(codec.ZLIB_SUFFIX)
    kind = next((k for k in kinds if PAYLOAD_TYPES[k] == promised), None)
    if kind is None:
        raise RefusedMessage(Refusal.WRONG_TOPIC, f"{envelope.payloadType} on a {place.channel}")
    return verify(kind, envelope, draft.state.trust)


def _judge(draft: Draft, place: Place, message: Signed) -> None:
    """Address, name on the topic, and time. Raises RefusedMessage."""
    if isinstance(message, Plan) and message.station != draft.state.station:
        raise RefusedMessage(Refusal.WRONG_ADDRESS, f"a plan for {message.station}")
    check_address(message, draft.state.names)
    named = message.emergency if isinstance(message, AllClear) else message.id
    if place.order_id is not None and place.order_id != named:
        raise RefusedMessage(Refusal.WRONG_TOPIC, f"{named} on the topic of {place.order_id}")
    floor.check(message, draft.state.floor)
    witness(draft, message.iat)
    if not draft.state.clock_unsure:
        check_time(message, draft.at.now)
    elif message.iat < floor_of(draft.state):
        # with a clock that is behind, only what is newer than all that we know
        raise RefusedMessage(Refusal.CLOCK_UNSURE, f"made at {message.iat.isoformat()}")


def _obey(draft: Draft, topic: str, message: Signed, payload: bytes) -> None:
    if isinstance(message, Plan):
        _obey_plan(draft, message, payload)
    elif (seen := draft.state.memory.seen.get(message.id)) is None:
        new = Seen(until=message.exp, at=draft.at.now)
        draft.remember(seen={**draft.state.memory.seen, message.id: new})
        draft.write(OrderTaken(order=message.id))
        orders.obey(draft, message)
    elif isinstance(message, Order) and draft.at.now - seen.at > RESENT_WITHIN:
        # the retained topics say the same again at every connect; an order does not
        _note(draft, topic, message.id, Refusal.REPLAYED, "obeyed before; not obeyed again")
    draft.act(Answer(_ack(draft, topic, message.id)))


def _obey_plan(draft: Draft, plan: Plan, payload: bytes) -> None:
    key, highest = (plan.epoch, plan.seq), draft.state.memory.highest
    if key < highest:
        raise RefusedMessage(Refusal.STALE, f"{key} after {highest}")
    if key > highest or draft.state.plan is None:
        held = plans.hold(plan, draft.state.trust)
        plans.take(draft, held, payload)
        version = PlanHeld(epoch=plan.epoch, version=plan.seq)
        draft.write(PlanTaken(plan=plan.id, held=version))
        _note_unreleased(draft, topics.of(Channel.PLAN, "station", plan.station))


def _note_unreleased(draft: Draft, topic: str) -> None:
    held = draft.state.plan
    for airing in held.airings.values() if held else ():
        if held is not None and airing.id not in held.released:
            _note(draft, topic, airing.id, Refusal.NOT_RELEASED, f"airing {airing.id}")


def _receive(draft: Draft, receipt: Receipt) -> None:
    """The server has stored our journal up to a line. The receipt is not signed: it moves no air.

    The latest holds, a lower one too: a server put back from a backup gets again what it lost, and
    a false receipt does harm until the next true one. What cannot be true is passed over.
    """
    state = draft.state
    if receipt.station != state.station:
        return
    if receipt.at is not UNSET:
        draft.act(
            CompareClock(journal=receipt.journal, through=receipt.through, server_at=receipt.at)
        )
    if receipt.journal != state.journal:
        draft.act(Stored(receipt.journal, receipt.through))
    elif receipt.through <= state.last_line and receipt.through != state.memory.through:
        draft.remember(through=receipt.through)


def refuse(draft: Draft, topic: str, of: str, reason: Refusal, detail: str) -> None:
    """Journal and answer that a message is not obeyed."""
    if _note(draft, topic, of, reason, detail):
        draft.act(Answer(_ack(draft, topic, of, reason, detail[:DETAIL_LIMIT])))


def _note(draft: Draft, topic: str, of: str, reason: Refusal, detail: str) -> bool:
    """Journal that a message was not obeyed; False when too many were."""
    if not may_write(draft):
        return False
    short = detail[:DETAIL_LIMIT]
    draft.write(MessageRefused(topic=topic[:DETAIL_LIMIT], reason=reason, detail=short, of=of))
    return True


DETAIL_LIMIT = 200
"""Characters of what a stranger wrote that go into the journal; enough to recognise it."""


def _ack(
    draft: Draft, topic: str, of: str, refused: Refusal | None = None, detail: str = ""
) -> Ack:
    return Ack(
        station=draft.state.station,
        of=of,
        topic=topic[:DETAIL_LIMIT],
        at=draft.at.now,
        refused=refused,
        detail=detail,
    )
