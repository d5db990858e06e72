"""An emergency goes out when it is approved: one retained message an area, until the all-clear."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import messages
from contract.reports import Ack
from contract.states import AiringState, Class, OrderState, Verdict
from controller import bulletins, delivery, emergency, orders, outbox
from controller.alarms import open_alarms
from controller.errors import NotFound, WrongState
from controller.model import (
    Airing,
    Alarm,
    Bulletin,
    Order,
    OrderDelivery,
    OrderKind,
    Outgoing,
    StationVerdict,
)
from controller.store import Store
from tests.controller.air import airings, approve, fleet, opened, register
from tests.controller.village import NOW, OneKey, Village, settle


def sounded(session: Session, v: Village, signer: OneKey) -> Airing:
    approve(session, v, signer, cls=Class.EMERGENCY)
    (airing,) = airings(session)
    return airing


def message(session: Session) -> Outgoing:
    return session.scalars(select(Outgoing)).one()


def test_it_is_on_the_air_with_its_targets_frozen(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        register(session, v.na_may)
        airing = sounded(session, v, signer)
        row = message(session)
        order = session.scalars(select(Order)).one()
        assert row.topic == f"tt/1/area/{v.suoi_may}/emergency/{order.id}"
        assert row.retained
        assert row.expires_at == order.expires_at
        payload = opened(messages.Emergency, row.payload, signer)
        assert (payload.airing, payload.aud) == (airing.id, (v.suoi_may,))
        assert payload.rank == 3, "from a commune"
        assert payload.exp == airing.ends_at + timedelta(hours=1)
        verdicts = {row.station_id: row.verdict for row in session.scalars(select(StationVerdict))}
        assert verdicts == dict.fromkeys([one, two], Verdict.PENDING)
        alarm = session.scalars(select(Alarm)).one()
    assert (airing.state, airing.cls) == (AiringState.STARTED, Class.EMERGENCY)
    assert (alarm.code, alarm.cleared_at) == (emergency.ON_THE_AIR, None)


def test_it_is_sent_again_until_every_station_has_it_and_kept_for_those_who_come_late(
    store: Store,
) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        sounded(session, v, signer)
        of = session.scalars(select(Order.id)).one()
        outbox.take(session, NOW)
        for number, station in enumerate((one, two)):
            assert outbox.take(session, NOW + timedelta(minutes=number + 1))
            delivery.answered(session, [Ack(station=station, of=of, topic="t", at=NOW)], NOW)
        assert outbox.next_due(session) is None
        assert message(session).retained


def test_the_all_clear_takes_its_place_on_the_same_topic(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        airing = sounded(session, v, signer)
        topic, until = message(session).topic, message(session).expires_at
        of = session.scalars(select(Order.id)).one()
        order = emergency.all_clear(session, v.officer, airing.id, signer=signer, now=NOW)
        session.expire_all()
        row = message(session)
        assert (row.topic, row.retained, row.expires_at) == (topic, True, until)
        payload = opened(messages.AllClear, row.payload, signer)
        assert (payload.emergency, payload.exp) == (of, until)
        assert session.scalars(select(Alarm)).one().cleared_at == NOW
        # a late answer to the emergency itself does not stop the all-clear
        delivery.answered(session, [Ack(station=one, of=of, topic="t", at=NOW)], NOW)
        assert outbox.next_due(session) is not None
        delivery.answered(session, [Ack(station=one, of=order.id, topic="t", at=NOW)], NOW)
        assert outbox.next_due(session) is None


def test_it_is_cleared_once_and_while_it_is_valid(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v, signer)
        late = NOW + timedelta(hours=2)
        with pytest.raises(WrongState):
            emergency.all_clear(session, v.officer, airing.id, signer=signer, now=late)
        emergency.all_clear(session, v.officer, airing.id, signer=signer, now=NOW)
        with pytest.raises(WrongState):
            emergency.all_clear(session, v.officer, airing.id, signer=signer, now=NOW)


def test_nobody_clears_what_is_not_theirs_or_is_no_emergency(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v, signer)
        for who, id_ in ((v.stranger, airing.id), (v.officer, "unknown")):
            with pytest.raises(NotFound):
                emergency.all_clear(session, who, id_, signer=signer, now=NOW)


def test_who_did_not_answer_in_time_is_known(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        sounded(session, v, signer)
        delivery.expire(session, NOW + timedelta(hours=2))
        session.expire_all()
        assert session.scalars(select(OrderDelivery.state)).all() == [OrderState.EXPIRED]
        assert session.scalars(select(Outgoing)).all() == []


def test_one_that_is_withdrawn_is_cleared_in_the_name_of_who_did_it(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v, signer)
        emergency.clear_voided(session, fleet(session), signer, NOW)
        assert len(session.scalars(select(Order)).all()) == 1, "in force: nothing happens"
        bulletin = session.get_one(Bulletin, airing.bulletin_id)
        bulletins.withdraw(session, v.officer, bulletin.id, bulletin.version, now=NOW)
        for _ in range(2):
            emergency.clear_voided(session, fleet(session), signer, NOW)
        kinds = {order.kind: order for order in session.scalars(select(Order))}
        assert kinds[OrderKind.ALL_CLEAR].made_by == v.officer.person_id
        session.expire_all()
        opened(messages.AllClear, message(session).payload, signer)


def test_a_cancel_does_not_stand_for_the_all_clear(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v, signer)
        with pytest.raises(WrongState, match="báo yên"):
            orders.cancel(session, v.officer, airing.id, signer=signer, now=NOW)


def test_the_alarm_is_over_when_the_last_emergency_is(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        first = sounded(session, v, signer)
        approve(session, v, signer, cls=Class.EMERGENCY)
        emergency.all_clear(session, v.officer, first.id, signer=signer, now=NOW)
        assert open_alarms(session), "the other one is still on the air"
        emergency.lower_alarm(session, NOW + timedelta(hours=2))
        assert open_alarms(session) == []
