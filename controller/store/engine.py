"""The store: sessions that read and sessions that write, on SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another; our longest write transaction, a planning, takes seconds."""

POOL_SIZE = 20
"""Connections kept open in a process: web threads hold one for some milliseconds each."""

_BEGIN = "tt_begin"


class Store:
    """One database, named by a URL: `sqlite:///<path>` or `postgresql+psycopg://…`.

    A use case gets a Session from `reading()` or `writing()`; the transaction is the block.
    Objects stay readable after it (expire_on_commit is off).
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._reading = self.engine
        if self.engine.dialect.name == "postgresql":
            # its default shows every statement another state
            self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._writing = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are committed at the end of the block, or not at all.

        On SQLite the transaction is the only writing one from its first statement, so what it
        reads cannot change under it; on PostgreSQL use cases lock the rows that they judge.
        """
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        # pre_ping: a database server that was restarted must not fail the next request
        return create_engine(url, pool_size=POOL_SIZE, pool_pre_ping=True)
    engine = create_engine(
        url, pool_size=POOL_SIZE, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    """WAL lets readers go on beside a writer; FULL because what was acknowledged must survive."""
    connection.isolation_level = None  # sqlite3 would begin too late, and lose updates in silence
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """BEGIN, which sqlite3 leaves to us; IMMEDIATE for what will write."""
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
