"""The database of a test: a fresh copy of a migrated one, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

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
    """The URL, with `{database}`, of a cluster that holds the migrated database "template"."""
    with postgres.cluster() as url:
        _admin(url, "CREATE DATABASE template")
        store = Store(url.format(database="template"))
        migrate.upgrade(store)
        store.close()
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "tt.db")
    return f"sqlite:///{tmp_path / 'tt.db'}"


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    _admin(postgres_template, "CREATE DATABASE tt TEMPLATE template STRATEGY file_copy")
    yield postgres_template.format(database="tt")
    _admin(postgres_template, "DROP DATABASE tt WITH (FORCE)")


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


def _admin(url: str, statement: str) -> None:
    engine = create_engine(url.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
