"""Sweeping: files that no row names, journal lines and cleared alarms past their days."""

from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Column, delete, select
from sqlalchemy.orm import Session

from controller.model import Alarm, JournalLine, Row
from controller.store import Store

CHORE = "sweep"
UNNAMED_KEPT = timedelta(days=30)
"""A form that was left open for weeks may still be sent with the file that it holds."""
ALARMS_KEPT = timedelta(days=400)
"""A year, and the months in which its report is looked through."""
BATCH = 5_000
"""Journal lines in one transaction; stations go on reporting between two."""


class Files(Protocol):
    """Where uploaded files lie."""

    def forget(self, named: Container[str], before: datetime) -> None:
        """Let go of what is not `named` and came `before`."""


class Sweeping:
    """A chore. `journal_days`: how long the lines of stations' journals are kept."""

    def __init__(self, store: Store, files: Files, journal_days: int) -> None:
        self._store, self._files = store, files
        self._journal_kept = timedelta(days=journal_days)

    def __call__(self, now: datetime) -> bool:
        """True when more journal lines wait. Verdicts, reports and the audit stay for ever."""
        with self._store.reading() as session:
            named = frozenset(_named(session))
        self._files.forget(named, now - UNNAMED_KEPT)
        with self._store.writing() as session:
            session.execute(delete(Alarm).where(Alarm.cleared_at < now - ALARMS_KEPT))
            return _forget_lines(session, now - self._journal_kept)


def _named(session: Session) -> Iterator[str]:
    """Every sha256 that any row of any table names: a new kind of file is never swept by error."""
    for table in Row.metadata.sorted_tables:
        for column in filter(_names_a_file, table.columns):
            yield from session.scalars(select(column).where(column.is_not(None)).distinct())


def _names_a_file(column: "Column[object]") -> bool:
    return column.name.endswith("sha256")


def _forget_lines(session: Session, before: datetime) -> bool:
    old = select(JournalLine.at).where(JournalLine.at < before).order_by(JournalLine.at)
    last = session.scalar(old.offset(BATCH).limit(1))
    session.execute(delete(JournalLine).where(JournalLine.at < (last or before)))
    return last is not None
