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


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    """One database for all tests, emptied after each: a copy of it costs a checkpoint."""
    yield postgres_template
    store = Store(postgres_template)
    with store.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
        session.add(Fact(name=audit.HEAD, value="0 "))  # as the migrations leave it
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A migrated, empty Store; every test that asks for it runs once on each database."""
    store = Store(store_url)
    yield store
    store.close()
