"""Whatever order, repetition and cutting the lines of a journal arrive in, they count once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract.errors import Refusal
from contract.reports import (
    Event,
    Line,
    MessageRefused,
    OrderTaken,
    RecordingHeld,
    RecordingLost,
    Report,
    Trouble,
)
from contract.states import OrderState, Verdict
from controller import orders, verdict_ledger
from controller.model import (
    Airing,
    Alarm,
    JournalLine,
    OrderDelivery,
    StationJournal,
    StationRecording,
    StationVerdict,
)
from controller.store import Store
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    airings,
    approve,
    ended,
    fleet,
    plan_all,
    register,
    take_report,
)
from tests.controller.air import report as told
from tests.controller.village import NOW, OneKey, settle

SHA = "ab" * 32


def alarms(session: Session) -> list[str]:
    return list(session.scalars(select(Alarm.code).order_by(Alarm.id)))


def trouble(code: str) -> Trouble:
    return Trouble(code=code, detail="")


def test_a_receipt_never_goes_past_a_gap(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)

        def through(first: int, count: int = 1) -> int:
            events = [trouble("x")] * count
            return take_report(session, told(one, *events, first=first), NOW).through

        assert through(3) == 0
        assert through(1) == 1
        assert through(5) == 1
        assert through(2) == 3
        assert through(4) == 5
        assert through(1, 5) == 5


def test_a_new_disk_is_a_new_journal_that_starts_at_one(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        take_report(session, told(one, trouble("a"), trouble("b")), NOW)
        receipt = take_report(session, told(one, trouble("c"), journal="j2"), NOW)
        assert (receipt.journal, receipt.through) == ("j2", 1)


def test_a_long_backlog_beyond_a_gap_is_counted_when_the_gap_closes(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        for first in range(2, 1_300, 100):
            events = [trouble("x")] * 100
            take_report(session, told(one, *events, first=first), NOW)
        receipt = take_report(session, told(one, trouble("x")), NOW)
        assert receipt.through == 1_301


def test_what_a_station_holds_is_known_and_forgotten_when_it_is_lost(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        held, lost = RecordingHeld(recording=SHA), RecordingLost(recording=SHA, detail="sha256")
        take_report(session, told(one, held, held), NOW)
        assert session.scalars(select(StationRecording.sha256)).all() == [SHA]
        take_report(session, told(one, lost, first=3), NOW)
        assert session.scalars(select(StationRecording.sha256)).all() == []
        assert alarms(session) == ["recording_lost"]


def test_trouble_and_refusals_are_alarms_of_their_station(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        refused = MessageRefused(topic="t", reason=Refusal.EXPIRED, detail="")
        take_report(session, told(one, trouble("disk"), refused, trouble("disk")), NOW)
        rows = session.scalars(select(Alarm).order_by(Alarm.id)).all()
        for row in rows:
            session.refresh(row)
        assert [(row.code, row.station_id, row.count) for row in rows] == [
            ("station_disk", one, 2),
            ("message_refused", one, 1),
        ]


def test_an_obeyed_order_is_answered_even_when_the_acknowledgement_was_lost(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        order = orders.stop(session, v.officer, [one], signer=OneKey(), now=NOW)
        take_report(session, told(one, OrderTaken(order=order.id)), NOW)
        row = session.get_one(OrderDelivery, (order.id, one))
        assert row.state == OrderState.ACCEPTED


STORED = {"station": "", "airing": ""}


@pytest.fixture(scope="module")
def ledger(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One started airing on one station; each example begins with an empty journal.

    SQLite alone: the rule under test is ours, and many examples need a quick database.
    """
    file = tmp_path_factory.mktemp("ledger") / "tt.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{file}")
    with store.writing() as session:
        v = settle(session)
        (STORED["station"],) = register(session, v.suoi_may)
        approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        STORED["airing"] = airing.id
        verdict_ledger.start_due(session, fleet(session), FIVE)
    yield store
    store.close()


def journal_of(airing: Airing) -> list[Line]:
    """Nine lines; the fifth is the end of the airing."""
    events: list[Event] = [trouble("a")] * 8
    events.insert(4, ended(airing))
    return [Line(n=n, at=NOW, event=event) for n, event in enumerate(events, 1)]


@st.composite
def deliveries(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Batches as (first, last), in any order, repeated at will, in the end all of them."""
    pairs = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted).map(tuple)
    return [*draw(st.lists(pairs, max_size=12)), *draw(st.permutations([(1, 3), (4, 6), (7, 9)]))]


@given(deliveries())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_any_repetition_gives_the_same_ledger(
    ledger: Store, batches: Sequence[tuple[int, int]]
) -> None:
    with ledger.writing() as session:
        for table in (JournalLine, StationJournal, Alarm):
            session.execute(delete(table))
        airing = session.get_one(Airing, STORED["airing"])
        verdict = session.scalars(select(StationVerdict)).one()
        verdict.verdict, verdict.decided_at = Verdict.PENDING, None
        lines = journal_of(airing)
        arrived: set[int] = set()
        for first, last in batches:
            batch = tuple(lines[first - 1 : last])
            report = Report(station=STORED["station"], journal="j1", lines=batch)
            receipt = take_report(session, report, NOW)
            arrived |= set(range(first, last + 1))
            missing = min(set(range(1, 11)) - arrived)
            assert receipt.through == missing - 1
        assert session.scalars(select(JournalLine.n)).all() == list(range(1, 10))
        session.expire_all()
        assert verdict.verdict == Verdict.AIRED
        alarm = session.scalars(select(Alarm)).one()
        assert (alarm.code, alarm.count) == ("station_a", 8)
