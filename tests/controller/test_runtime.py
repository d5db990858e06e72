"""The one loop: nothing is acknowledged before it is stored, nothing sent before it is saved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from contract import codec
from contract.reports import Ack, Receipt, State, Trouble
from contract.states import AiringState, Class
from controller import runtime, sender
from controller.chores import Chores
from controller.errors import Deaf
from controller.events import Due, Nudged, Stopping
from controller.model import Airing, Alarm, JournalLine, StationPlan, WorkerBeat
from controller.runtime import Runtime
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, approve, ended, register
from tests.controller.air import report as told
from tests.controller.village import NOW, OneKey, settle
from tests.fakes.hub import FakeHub


class Bench:
    """A runtime on a fake hub with a clock that stands still until a test moves it."""

    def __init__(self, store: Store) -> None:
        self.store, self.hub, self.signer = store, FakeHub(), OneKey()
        self.now = NOW
        self.woken = 0
        self.start()

    def start(self) -> None:
        """As after a restart of the process: nothing is remembered but the database."""
        self.hub = FakeHub()
        self.runtime = Runtime(
            self.store,
            self.hub,
            self.hub.events,
            clock=lambda: self.now,
            chores=Chores(self.store, self.signer).by_name,
            on_nudge=self._wake,
        )

    def run(self) -> None:
        """Handle what is in the queue."""
        while not self.hub.events.empty():
            self.runtime.turn([self.hub.events.get()])

    def after(self, seconds: float) -> None:
        """Let time go by, and look at the outbox."""
        self.now += timedelta(seconds=seconds)
        self.runtime.turn([])

    def village(self, then: Callable[[Session], None] = lambda _: None) -> list[str]:
        """Two stations and a bulletin at five; the codes of the stations."""
        with self.store.writing() as session:
            v = settle(session)
            codes = register(session, v.suoi_may, 2)
            approve(session, v, self.signer, rule=AT_FIVE)
            then(session)
        return codes

    def _wake(self) -> None:
        self.woken += 1


@pytest.fixture
def bench(store: Store) -> Bench:
    return Bench(store)


def test_a_nudge_brings_an_approval_to_the_stations_at_once(bench: Bench) -> None:
    codes = bench.village()
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.run()
    assert sorted(bench.hub.retained) == [f"tt/1/station/{code}/plan" for code in codes]
    assert bench.woken == 1


def test_without_a_nudge_the_watch_sees_the_change(bench: Bench) -> None:
    bench.hub.trigger_connect()
    bench.hub.events.put(Due("watch"))
    bench.run()
    assert bench.hub.published == []
    codes = bench.village()
    bench.hub.events.put(Due("watch"))
    bench.run()
    assert len(bench.hub.retained) == len(codes)


def test_a_plan_saved_by_a_process_that_died_goes_out_after_the_restart(bench: Bench) -> None:
    codes = bench.village()
    bench.hub.events.put(Nudged())
    bench.run()  # planned and saved; there was no connection, and then the process was killed
    assert bench.hub.published == []
    bench.start()
    bench.hub.trigger_connect()
    bench.run()
    assert len(bench.hub.retained) == len(codes)


def test_what_was_handed_over_and_not_confirmed_goes_again_after_a_reconnect(
    bench: Bench,
) -> None:
    codes = bench.village()
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.run()
    bench.hub.trigger_disconnect()
    bench.run()
    bench.hub.trigger_connect()
    bench.run()
    assert len(bench.hub.published) == 2 * len(codes)


def test_a_broker_that_lost_its_memory_gets_every_plan_again(bench: Bench) -> None:
    codes = bench.village()
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.run()
    with bench.store.reading() as session:
        acks = [
            Ack(station=code, of=session.get_one(StationPlan, code).id, topic="t", at=NOW)
            for code in codes
        ]
    for ack in acks:
        bench.hub.trigger_arrival(ack, ack.station)
    bench.hub.trigger_confirm(1, 2)
    bench.hub.trigger_disconnect()
    bench.hub.trigger_connect(session=True)
    bench.run()
    assert len(bench.hub.published) == 2, "accepted, and the broker still has them"
    bench.hub.trigger_disconnect()
    bench.hub.trigger_connect(session=False)
    bench.run()
    assert len(bench.hub.published) == 4


def test_at_most_ten_messages_are_on_the_way(bench: Bench) -> None:
    with bench.store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 25)
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.run()
    assert len(bench.hub.published) == sender.WINDOW
    bench.hub.trigger_confirm(*range(1, 4))
    bench.run()
    assert len(bench.hub.published) == sender.WINDOW + 3
    bench.hub.trigger_confirm(*range(4, 26))
    bench.run()
    bench.after(0)
    assert len(bench.hub.published) == 25


def test_an_unanswered_plan_is_sent_again(bench: Bench) -> None:
    codes = bench.village()
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.hub.trigger_confirm(1, 2)
    bench.run()
    bench.after(29)
    assert len(bench.hub.published) == len(codes)
    bench.after(2)
    assert len(bench.hub.published) == 2 * len(codes)


def test_a_report_is_stored_then_acknowledged_and_answered(bench: Bench) -> None:
    one, _ = bench.village()
    bench.hub.trigger_connect()
    bench.hub.trigger_arrival(told(one, Trouble(code="x", detail="")), one, ticket="t1")
    bench.run()
    assert bench.hub.done_with == ["t1"]
    (payload,) = [body for topic, body in bench.hub.published if topic.endswith("/receipt")]
    assert codec.decode(Receipt, payload).through == 1


def test_what_cannot_be_stored_is_not_acknowledged_and_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "DATABASE_PAUSE_S", 0)
    one, _ = bench.village()
    real = bench.store.writing

    def full() -> object:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(bench.store, "writing", full)
    bench.hub.trigger_arrival(told(one, Trouble(code="x", detail="")), one, ticket="t1")
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.run()
    assert bench.hub.done_with == []
    monkeypatch.setattr(bench.store, "writing", real)
    bench.after(1)
    assert bench.hub.done_with == ["t1"]
    assert len(bench.hub.retained) == 2, "and what came behind it was not forgotten"
    with bench.store.reading() as session:
        assert session.scalars(select(JournalLine.n)).all() == [1]


def test_a_database_in_trouble_makes_no_change_wait_for_the_next_minute(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "DATABASE_PAUSE_S", 0)
    codes = bench.village()
    bench.hub.trigger_connect()
    bench.run()
    real = bench.store.writing

    def locked() -> object:
        monkeypatch.setattr(bench.store, "writing", real)
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setattr(bench.store, "writing", locked)
    bench.hub.events.put(Due("watch"))
    bench.run()
    bench.after(1)
    assert len(bench.hub.retained) == len(codes)


def test_a_broken_chore_is_an_alarm_and_reports_go_on(bench: Bench) -> None:
    def break_it(session: Session) -> None:
        session.execute(text("DELETE FROM fact WHERE name = 'audit_head'"))

    one, _ = bench.village(break_it)
    bench.hub.events.put(Due("watch"))
    bench.hub.trigger_arrival(told(one, Trouble(code="x", detail="")), one)
    bench.run()
    with bench.store.reading() as session:
        codes = session.scalars(select(Alarm.code).order_by(Alarm.id)).all()
    assert codes == ["chore_failed", "station_x"]


def test_an_airing_runs_from_its_start_to_its_last_verdict(bench: Bench) -> None:
    codes = bench.village()
    bench.hub.events.put(Due("watch"))
    bench.run()
    bench.now = FIVE
    bench.hub.events.put(Due("watch"))
    bench.run()
    with bench.store.reading() as session:
        airing = session.scalars(select(Airing)).one()
    assert airing.state == AiringState.STARTED
    for code in codes:
        bench.hub.trigger_arrival(told(code, ended(airing)), code)
    bench.hub.events.put(Due("watch"))
    bench.run()
    with bench.store.reading() as session:
        assert session.scalars(select(Airing.state)).one() == AiringState.CLOSED


def test_an_emergency_is_repeated_on_every_reconnect(bench: Bench) -> None:
    with bench.store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, bench.signer, cls=Class.EMERGENCY)
    for _ in range(3):
        bench.hub.trigger_connect(session=True)
        bench.run()
        bench.hub.trigger_disconnect()
        bench.run()
    topics = [topic for topic in bench.hub.topics() if "/emergency/" in topic]
    assert len(topics) == 3
    assert bench.hub.expiries[topics[0]] == 3_601


def test_a_station_that_shows_an_old_plan_at_birth_gets_its_plan(bench: Bench) -> None:
    one, other = bench.village()
    bench.hub.trigger_connect()
    bench.hub.events.put(Nudged())
    bench.hub.trigger_confirm(1, 2)
    bench.run()
    bench.hub.trigger_arrival(State(station=one, boot="b", online=True, at=NOW), one)
    bench.run()
    assert bench.hub.topics().count(f"tt/1/station/{one}/plan") == 2
    assert bench.hub.topics().count(f"tt/1/station/{other}/plan") == 1


def test_the_controller_says_that_it_is_alive(bench: Bench) -> None:
    bench.hub.events.put(Due("tidy"))
    bench.run()
    with bench.store.reading() as session:
        assert session.scalars(select(WorkerBeat.at)).one() == NOW


def test_it_ends_when_told_and_when_it_has_become_deaf(bench: Bench) -> None:
    bench.hub.events.put(Stopping())
    bench.runtime.run()
    bench.start()
    bench.hub.healthy = False
    bench.hub.events.put(Nudged())
    with pytest.raises(Deaf):
        bench.runtime.run()
