"""A new database is filled once, and people's corrections stay."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from controller.model import Area, Holiday
from controller.store import Store, migrate
from controller.store.prepare import prepare
from tests.controller.village import NOW


def test_an_empty_database_becomes_ready_for_work(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    prepare(store, NOW)
    assert migrate.is_current(store)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Area)) == 3355
        assert session.get(Holiday, date(2026, 9, 2)) is not None
        assert session.get(Holiday, date(2027, 2, 6)) is not None  # Tết Đinh Mùi
    store.close()


def test_a_second_start_changes_nothing_that_people_corrected(store: Store) -> None:
    prepare(store, NOW)
    with store.writing() as session:
        session.delete(session.get_one(Holiday, date(2026, 9, 2)))
        session.add(Holiday(day=date(2026, 3, 3), name="Nghỉ bù"))
    prepare(store, NOW)
    with store.reading() as session:
        assert session.get(Holiday, date(2026, 9, 2)) is None
        assert session.get_one(Holiday, date(2026, 3, 3)).name == "Nghỉ bù"
