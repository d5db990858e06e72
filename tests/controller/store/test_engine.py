"""What the store promises about transactions, on both databases."""

import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from controller.model import Area, AreaKind, AreaPlace, Fact, WorkerBeat
from controller.store import Store, migrate


def test_a_migrated_database_is_what_the_models_say(store: Store) -> None:
    assert migrate.drift(store) == []
    assert migrate.is_current(store)


def test_migrating_twice_is_harmless(store: Store) -> None:
    migrate.upgrade(store)
    assert migrate.drift(store) == []


def test_a_failed_block_leaves_nothing_behind(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as session:
            session.add(Fact(name="half", value="done"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with store.reading() as session:
        assert session.get(Fact, "half") is None


def test_no_update_is_lost_between_writers(store: Store) -> None:
    with store.writing() as session:
        session.add(Fact(name="count", value="0"))

    def add_ten() -> None:
        for _ in range(10):
            with store.writing() as session:
                fact = session.get_one(Fact, "count", with_for_update=True)
                fact.value = str(int(fact.value) + 1)

    threads = [threading.Thread(target=add_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as session:
        assert session.get_one(Fact, "count").value == "40"


def test_an_instant_comes_back_aware_and_in_utc(store: Store) -> None:
    five = datetime(2026, 12, 1, 5, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    with store.writing() as session:
        session.add(WorkerBeat(name="x", at=five))
    with store.reading() as session:
        found = session.get_one(WorkerBeat, "x").at
    assert (found, found.tzinfo) == (five, UTC)


def test_a_naive_datetime_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"), store.writing() as session:
        session.add(WorkerBeat(name="x", at=datetime(2026, 12, 1)))  # noqa: DTZ001 - the point


def test_a_reference_to_nothing_is_refused(store: Store) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC).date()
    with store.writing() as session:
        session.add(Area(id="a", kind=AreaKind.HAMLET, name="A", folded="a", valid_from=day))

    def hang_it_nowhere() -> None:
        with store.writing() as session:
            session.add(AreaPlace(area_id="a", parent_id="nowhere", valid_from=day))

    with pytest.raises(IntegrityError):
        hang_it_nowhere()


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with store.reading() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2  # FULL
    store.close()


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    with store.reading() as reader:
        assert reader.get(Fact, "late") is None
        with store.writing() as session:
            session.add(Fact(name="late", value="x"))
        assert reader.get(Fact, "late") is None
    with store.reading() as reader:
        assert reader.get(Fact, "late") is not None
