"""How an emergency stands: who is told of it, how far each station is, and why not further."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.errors import Refusal
from contract.reports import Ack
from contract.states import Class, Verdict
from controller import delivery, emergency, emergency_watch
from controller.emergency_watch import Step, watch
from controller.errors import NotFound
from controller.model import Airing, Order, StationState, StationVerdict
from controller.store import Store
from tests.controller.air import airings, approve, register
from tests.controller.village import NOW, OneKey, Village, settle


def sounded(session: Session, v: Village) -> Airing:
    approve(session, v, OneKey(), cls=Class.EMERGENCY, valid_h=3)
    return airings(session)[0]


def answer(session: Session, station: str, refused: Refusal | None = None) -> None:
    of = session.scalars(select(Order.id)).one()
    ack = Ack(station=station, of=of, topic="t", at=NOW, refused=refused)
    delivery.answered(session, [ack], NOW)


def test_each_station_is_told_from_the_order_to_its_end_the_troubled_first(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        refuses, waits, accepts, plays, ended = register(session, v.suoi_may, 5)
        airing = sounded(session, v)
        answer(session, refuses, Refusal.UNSIGNED)
        answer(session, accepts)
        session.get_one(StationState, plays).on_air = {"airing": airing.id}
        done = session.get_one(StationVerdict, (airing.id, ended))
        done.verdict, done.cause = Verdict.AIRED, "finished"
        session.flush()
        seen = watch(session, v.officer, airing.id, NOW)
    steps = [(line.station, line.step) for line in seen.lines]
    assert steps == list(zip((refuses, waits, accepts, plays, ended), Step, strict=True))
    assert seen.tally == dict.fromkeys(Step, 1)
    assert seen.lines[0].reason == "cụm loa từ chối: không có chữ ký mà cụm loa tin"
    assert seen.may_clear
    assert seen.until == airing.ends_at + timedelta(hours=3)


def test_one_that_never_answered_in_time_is_told_as_unheard(store: Store) -> None:
    late = NOW + timedelta(hours=4)
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v)
        delivery.expire(session, late)
        session.flush()
        (line,) = watch(session, v.officer, airing.id, late).lines
    assert (line.step, line.reason) == (Step.UNHEARD, "không nhận được trong thời hạn cảnh báo")


def test_stations_come_by_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emergency_watch, "A_PAGE", 2)
    with store.writing() as session:
        v = settle(session)
        made = register(session, v.suoi_may, 3)
        airing = sounded(session, v)
        first = watch(session, v.officer, airing.id, NOW)
        rest = watch(session, v.officer, airing.id, NOW, skip=2)
    assert [line.station for line in (*first.lines, *rest.lines)] == sorted(made)
    assert first.tally == rest.tally == {Step.WAITING: 3}


def test_it_is_told_to_those_whom_it_concerns_until_the_all_clear(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v)
        (told,) = emergency_watch.on_air(session, v.officer, NOW)
        assert (told.airing_id, told.may_clear) == (airing.id, True)
        assert emergency_watch.on_air(session, v.stranger, NOW) == []
        with pytest.raises(NotFound):
            watch(session, v.stranger, airing.id, NOW)
        emergency.all_clear(session, v.officer, airing.id, signer=OneKey(), now=NOW)
        assert emergency_watch.on_air(session, v.officer, NOW) == []
        seen = watch(session, v.officer, airing.id, NOW)
    assert (seen.cleared_at, seen.may_clear) == (NOW, False)


def test_one_from_above_is_told_below_and_cleared_above(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = sounded(session, v)
        order = session.scalars(select(Order)).one()
        order.audience = airing.targets = [v.zone]
        session.flush()
        (told,) = emergency_watch.on_air(session, v.officer, NOW)
        assert not told.may_clear
