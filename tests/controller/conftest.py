"""The database of a test: a fresh copy of a migrated one, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from controller import audit
from controller.model import Fact, Row
from controller.store import Store, migrate
from tests import postgres


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    store = Store(f"sqlite:///{file}")
    migrate.upgrade(store)
    store.close()
    return file


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The URL of a migrated, empty database in a cluster of our own."""
    with postgres.cluster() as url:
        store = Store(url)
        migrate.upgrade(store)
        store.close()
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "tt.db")
    return f"sqlite:///{tmp_path / 'tt.db'}"


@pytest.fixture(scope="session")
def sqlite_store(sqlite_template: Path) -> Store:
    return Store(f"sqlite:///{shutil.copy(sqlite_template, sqlite_template.with_name('tt.db'))}")


@pytest.fixture(scope="session")
def postgres_store(postgres_template: str) -> Store:
    return Store(postgres_template)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A migrated, empty Store; every test that asks for it runs once on each database.

    The same for all tests, so that statements are compiled once; its connections are not.
    """
    store: Store = request.getfixturevalue(f"{request.param}_store")
    yield store
    store.close()
    with store.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
        session.add(Fact(name=audit.HEAD, value="0 "))  # as the migrations leave it
    store.close()
