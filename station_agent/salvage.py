"""What can still be read of a damaged journal: the memory of the station, and unreported lines."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from station_agent.held_root import HeldRoot
from station_agent.memory_tables import Facts
from station_agent.state import Airing, Memory, Seen

T = TypeVar("T")
Row = tuple[Any, ...]


class Salvaged(Struct, frozen=True, kw_only=True):
    """`lines` (number, body) follow the last reported one without a gap; `whole` tells whether
    all that the station remembered could be read."""

    journal: str = ""
    memory: Memory = Memory()
    whole: bool = False
    lines: tuple[tuple[int, bytes], ...] = ()


class _Reader:
    """Reads row by row, and remembers whether anything could not be read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.whole = True

    def rows(self, sql: str, *values: object) -> list[Row]:
        found: list[Row] = []
        try:
            found.extend(self._db.execute(sql, values))
        except sqlite3.Error:
            self.whole = False
        return found

    def fact(self, name: str) -> bytes | None:
        rows = self.rows("select value from fact where name = ?", name)
        return bytes(rows[0][0]) if rows else None

    def map(self, table: str, kind: type[T]) -> dict[str, T]:
        rows = self.rows(f"select name, body from {table}")  # noqa: S608 - a name of ours
        read = {name: self._decode(body, kind) for name, body in rows}
        return {name: value for name, value in read.items() if value is not None}

    def facts(self) -> Facts:
        return self._decode(self.fact("facts") or b"{}", Facts) or Facts()

    def root(self) -> HeldRoot | None:
        body = self.fact("root")
        return None if body is None else self._decode(body, HeldRoot)

    def _decode(self, body: bytes, kind: type[T]) -> T | None:
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.whole = False
            return None


def salvage(path: Path) -> Salvaged:
    """Read what can be read; never raises for the state of the file."""
    try:
        with closing(sqlite3.connect(path)) as db:
            db.execute("select 1 from sqlite_schema")
            return _read(_Reader(db))
    except sqlite3.Error:
        return Salvaged()


def _read(reader: _Reader) -> Salvaged:
    facts = reader.facts()
    memory = Memory(
        plan=reader.fact("plan"),
        highest=facts.highest,
        volume=facts.volume,
        lost_at=facts.lost_at,
        airings=reader.map("airing", Airing),
        seen=reader.map("seen", Seen),
        barred=reader.map("barred", datetime),
        root=reader.root(),
    )
    journal = reader.fact("id") or b""
    whole = reader.whole
    rows = reader.rows("select n, body from line where n > ? order by n", facts.through)
    lines = _without_gap(dict(rows), facts.through)
    return Salvaged(journal=journal.decode(), memory=memory, whole=whole, lines=lines)


def _without_gap(lines: Mapping[int, bytes], through: int) -> tuple[tuple[int, bytes], ...]:
    """Beyond a gap the server would never give a receipt."""
    found: list[tuple[int, bytes]] = []
    while (body := lines.get(through + len(found) + 1)) is not None:
        found.append((through + len(found) + 1, body))
    return tuple(found)
