"""Stop, cancel and volume reach each station, and it is known which ones."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import messages
from contract.errors import Refusal
from contract.reports import Ack
from contract.states import AiringState, OrderState
from controller import delivery, orders, outbox, planning
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Alarm, AuditLine, Order, OrderDelivery, Outgoing
from controller.store import Store
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    airings,
    approve,
    fleet,
    opened,
    plan_all,
    plan_of,
    register,
)
from tests.controller.village import NOW, OneKey, settle

MINUTE = timedelta(minutes=1)


def states(session: Session, order: Order) -> dict[str, OrderState]:
    query = select(OrderDelivery).where(OrderDelivery.order_id == order.id)
    return {row.station_id: OrderState(row.state) for row in session.scalars(query)}


def answer(session: Session, order: Order, station: str, refused: Refusal | None = None) -> None:
    ack = Ack(station=station, of=order.id, topic="t", at=NOW, refused=refused)
    delivery.answered(session, [ack], NOW)


def test_a_stop_for_an_area_is_one_message_and_an_answer_of_each_station(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        register(session, v.na_may)
        order = orders.stop(session, v.officer, [v.suoi_may], signer=signer, now=NOW)
        (row,) = session.scalars(select(Outgoing))
        assert row.topic == f"tt/1/area/{v.suoi_may}/order"
        assert (row.retained, row.expires_at) == (False, NOW + orders.STOP_VALID)
        payload = opened(messages.Order, row.payload, signer)
        assert (payload.aud, payload.do) == ((v.suoi_may,), messages.Stop())
        assert states(session, order) == dict.fromkeys([one, two], OrderState.QUEUED)
        audited = session.scalars(select(AuditLine.action)).all()
    assert audited[-1] == "order.send"


def test_an_order_is_sent_until_the_last_station_has_answered(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        order = orders.stop(session, v.officer, [v.suoi_may], signer=OneKey(), now=NOW)
        outbox.take(session, NOW)
        answer(session, order, one)
        assert len(outbox.take(session, NOW + 3 * MINUTE / 60)) == 1
        answer(session, order, two, Refusal.UNSIGNED)
        assert outbox.next_due(session) is None
        assert states(session, order) == {one: OrderState.ACCEPTED, two: OrderState.REFUSED}
        alarm = session.scalars(select(Alarm)).one()
    assert (alarm.code, alarm.station_id) == ("order_refused", two)


def test_who_refuses_by_a_wrong_clock_is_asked_again_while_it_is_valid(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        order = orders.stop(session, v.officer, [one], signer=OneKey(), now=NOW)
        outbox.take(session, NOW)
        answer(session, order, one, Refusal.NOT_YET_VALID)
        assert states(session, order) == {one: OrderState.QUEUED}
        assert session.scalars(select(Alarm.code)).all() == ["order_refused"]
        assert len(outbox.take(session, NOW + timedelta(seconds=3))) == 1
        answer(session, order, one)
        assert states(session, order) == {one: OrderState.ACCEPTED}


def test_the_first_answer_counts_and_a_strangers_does_not(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        (stranger,) = register(session, v.na_may)
        order = orders.stop(session, v.officer, [one], signer=OneKey(), now=NOW)
        answer(session, order, stranger)
        answer(session, order, one)
        answer(session, order, one, Refusal.REPLAYED)
        assert states(session, order) == {one: OrderState.ACCEPTED}


def test_what_nobody_answered_in_time_has_expired(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        order = orders.stop(session, v.officer, [one], signer=OneKey(), now=NOW)
        delivery.expire(session, NOW + orders.STOP_VALID)
        session.expire_all()
        assert states(session, order) == {one: OrderState.EXPIRED}
        answer(session, order, one)
        assert states(session, order) == {one: OrderState.EXPIRED}
        assert session.scalars(select(Outgoing)).all() == []


def test_nobody_stops_a_station_of_another_commune(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        for names in ([one], [v.suoi_may], [v.province], ["nowhere"]):
            with pytest.raises(NotFound):
                orders.stop(session, v.stranger, names, signer=OneKey(), now=NOW)
        assert session.scalars(select(Order)).all() == []


def test_a_technician_sets_the_volume_of_a_station(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        orders.set_volume(session, v.technician, [one], 70, signer=signer, now=NOW)
        row = session.scalars(select(Outgoing)).one()
        assert row.topic == f"tt/1/station/{one}/order"
        assert opened(messages.Order, row.payload, signer).do == messages.SetVolume(percent=70)
        with pytest.raises(Invalid):
            orders.set_volume(session, v.technician, [one], 101, signer=signer, now=NOW)


def test_cancelling_what_has_not_started_takes_it_out_of_the_plans_for_good(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        approve(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (airing,) = airings(session)
        assert orders.cancel(session, v.officer, airing.id, signer=signer, now=NOW) is None
        assert (airing.state, airing.reason) == (AiringState.CANCELLED, orders.BY_PEOPLE)
        plan_all(session, signer)
        assert plan_of(session, one, signer).items == ()
        assert airings(session) == [airing], "the planner does not plan it again"
        with pytest.raises(WrongState):
            orders.cancel(session, v.officer, airing.id, signer=signer, now=NOW)


def test_cancelling_what_is_on_the_air_is_an_order_and_leaves_the_plans_too(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        approve(session, v, signer, rule=AT_FIVE)
        planning.reconcile(session, fleet(session), NOW)
        (airing,) = airings(session)
        airing.state = AiringState.STARTED
        order = orders.cancel(session, v.officer, airing.id, signer=signer, now=FIVE)
        assert order is not None
        assert airing.state == AiringState.STARTED, "its verdicts are still to come"
        row = session.scalars(select(Outgoing)).one()
        payload = opened(messages.Order, row.payload, signer)
        assert payload.do == messages.Cancel(airing=airing.id)
        plan_all(session, signer, FIVE)
        assert plan_of(session, one, signer).items == ()


def test_nobody_cancels_what_is_not_theirs(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (airing,) = airings(session)
        for id_ in (airing.id, "unknown"):
            with pytest.raises(NotFound):
                orders.cancel(session, v.stranger, id_, signer=signer, now=NOW)
