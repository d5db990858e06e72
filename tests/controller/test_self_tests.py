"""Self-tests and diagnoses: by order, told once, read by those who look after the station."""

from datetime import datetime, timedelta

import pytest

from contract import codec, messages
from contract.diagnosis import Diagnosis as Document
from contract.errors import Unreadable
from contract.reports import Beat, Diagnosed, Line, SelfTested, State
from contract.states import ToneOutcome
from controller import audit, diagnoses, reporting, self_tests
from controller.errors import NotFound, WrongState
from controller.model import AuditLine, Diagnosis
from controller.store import Store
from tests.controller.air import MINUTE, opened, register
from tests.controller.village import NOW, OneKey, settle

KEY = OneKey()


def document(station: str, order: str) -> bytes:
    beat = Beat(
        station=station, at=NOW, uptime_s=1, free_bytes=1, recordings=0, volume=1, underruns=0,
        rss_bytes=1,
    )  # fmt: skip
    return codec.encode(
        Document(
            station=station, order=order, at=NOW, versions={}, settings={"volume": "80"},
            state=State(station=station, boot="b", online=True, at=NOW), beat=beat, last_line=1,
            stored_through=1, decisions=(), log=("một dòng",),
        )
    )  # fmt: skip


def test_a_self_test_is_a_signed_order_and_its_result_is_kept(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, other = register(session, v.suoi_may, 2)
        order = self_tests.ask(session, v.technician, one, signer=KEY, now=NOW)
        assert opened(messages.Order, order.envelope, KEY).do == messages.SelfTest()
        row = self_tests.latest(session, one)
        assert row is not None
        assert self_tests.result(row) is None
        told = SelfTested(order=order.id, outcome=ToneOutcome.SOUNDED, rest_ma=1, loud_ma=9)
        for station in (other, one, one):
            reporting.act(session, [(station, Line(n=1, at=NOW, event=told))], NOW)
        assert self_tests.result(row) == told


def test_who_does_not_look_after_the_station_asks_nothing_of_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        for ask in (self_tests.ask, diagnoses.ask):
            with pytest.raises(NotFound):
                ask(session, v.officer, one, signer=KEY, now=NOW)


def test_a_diagnosis_is_taken_once_from_the_station_that_was_asked(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, other = register(session, v.suoi_may, 2)
        order = diagnoses.ask(session, v.technician, one, signer=KEY, now=NOW)
        body = document(one, order.id)
        with pytest.raises(NotFound):
            diagnoses.take(session, other, order.id, body, NOW)
        with pytest.raises(NotFound):
            diagnoses.take(session, one, "no-such-order", body, NOW)
        with pytest.raises(NotFound):
            diagnoses.take(session, one, order.id, body, NOW + timedelta(hours=1))
        for bad in (b"{}", document(other, order.id), document(one, "another"), b"x" * 300_000):
            with pytest.raises(Unreadable):
                diagnoses.take(session, one, order.id, bad, NOW)
        diagnoses.take(session, one, order.id, body, NOW)
        diagnoses.take(session, one, order.id, b"again", NOW + MINUTE)
        assert diagnoses.read(session, v.technician, one, order.id, now=NOW) == body
        with pytest.raises(NotFound):
            diagnoses.read(session, v.officer, one, order.id, now=NOW)
        with pytest.raises(NotFound):  # by the address of another station
            diagnoses.read(session, v.technician, other, order.id, now=NOW)
        assert session.query(AuditLine).filter_by(action="diagnosis.read").count() == 1
        assert audit.verify(session) == []


def test_the_next_one_waits_until_this_one_came_or_failed(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        order = diagnoses.ask(session, v.technician, one, signer=KEY, now=NOW)
        with pytest.raises(WrongState):
            diagnoses.ask(session, v.technician, one, signer=KEY, now=NOW + MINUTE)
        told = Diagnosed(order=order.id, problem="không gửi được")
        reporting.act(session, [(one, Line(n=1, at=NOW, event=told))], NOW)
        again = diagnoses.ask(session, v.technician, one, signer=KEY, now=NOW + MINUTE)
        assert [row.order_id for row in diagnoses.latest(session, one)] == [again.id, order.id]
        assert diagnoses.latest(session, one)[1].problem == "không gửi được"


def test_a_station_brings_and_keeps_a_few_only(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)

        def brought(at: datetime) -> None:
            order = diagnoses.ask(session, v.technician, one, signer=KEY, now=at)
            diagnoses.take(session, one, order.id, document(one, order.id), at)

        for minute in range(diagnoses.MOST):
            brought(NOW + minute * MINUTE)
        with pytest.raises(WrongState, match="trong một giờ"):
            brought(NOW + 59 * MINUTE)
        brought(NOW + 60 * MINUTE)
        kept = [row.asked_at for row in diagnoses.latest(session, one)]
        assert len(kept) == diagnoses.MOST
        assert (kept[0], kept[-1]) == (NOW + 60 * MINUTE, NOW + MINUTE)


def test_it_is_let_go_after_a_week(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        order = diagnoses.ask(session, v.technician, one, signer=KEY, now=NOW)
        assert isinstance(opened(messages.Order, order.envelope, KEY).do, messages.Diagnose)
        diagnoses.forget_old(session, NOW + timedelta(days=7))
        assert session.get(Diagnosis, order.id) is not None
        diagnoses.forget_old(session, NOW + timedelta(days=7, seconds=1))
        session.expire_all()
        assert session.get(Diagnosis, order.id) is None
