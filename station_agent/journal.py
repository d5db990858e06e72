"""The journal on disk: SQLite, what is committed survives a power cut."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from contract.ids import new_id
from contract.reports import Ack, Line
from contract.reports import Event as JournalEvent
from station_agent.errors import JournalError
from station_agent.state import Airing, Memory, Seen

BATCH = 100  # lines of a report (contract.reports.Report)
ANSWERS = 10  # as many as the link takes at once
BUSY_S = 10  # an old agent that is still ending lets go sooner
KEPT_LINES = 10_000
"""Lines that the server has are kept for a technician on the spot, about three months of them."""

TABLES = """
create table if not exists fact (name text primary key, value blob not null) without rowid;
create table if not exists line (n integer primary key, body blob not null);
create table if not exists airing (name text primary key, body blob not null) without rowid;
create table if not exists seen (name text primary key, body blob not null) without rowid;
create table if not exists barred (name text primary key, body blob not null) without rowid;
create table if not exists answer (n integer primary key autoincrement, body blob not null);
"""
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR_READ})
"""What no later try mends. A full disk or a lock passes, and what is remembered must outlast it."""

T = TypeVar("T")


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered besides the maps."""

    highest: tuple[int, int] = (0, 0)
    volume: int | None = None
    through: int = 0


class SqliteJournal:
    """One connection, used by the loop's thread; WAL and synchronous=FULL, against power cuts."""

    def __init__(self, path: Path, now: datetime) -> None:
        try:
            self._db = _open(path)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in DAMAGE:
                raise JournalError(f"Không mở được nhật ký {path}: {error}") from error
            _put_aside(path)
            self._db = _open(path)
        self.id = self._identity(now)
        self.last = self._last()

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    def recall(self) -> Memory:
        """Return what was remembered last."""
        facts = msgspec.json.decode(self._fact("facts") or b"{}", type=_Facts)
        return Memory(
            plan=self._fact("plan"),
            highest=facts.highest,
            volume=facts.volume,
            through=facts.through,
            airings=self._map("airing", Airing),
            seen=self._map("seen", Seen),
            barred=self._map("barred", datetime),
        )

    def commit(
        self,
        old: Memory,
        new: Memory,
        lines: Iterable[JournalEvent],
        answers: Iterable[Ack],
        now: datetime,
    ) -> None:
        """Put memory, lines and answers on the disk: all of it, or nothing."""
        last = self.last
        try:
            with self._db:
                self._db.execute("begin immediate")
                self._remember(old, new)
                for event in lines:
                    last += 1
                    body = msgspec.json.encode(Line(n=last, at=now, event=event))
                    self._db.execute("insert into line values (?, ?)", (last, body))
                for ack in answers:
                    body = msgspec.json.encode(ack)
                    self._db.execute("insert into answer (body) values (?)", (body,))
        except sqlite3.Error as error:
            raise JournalError(f"Không ghi được nhật ký: {error}") from error
        self.last = last

    def after(self, n: int) -> tuple[Line, ...]:
        """Return the lines after `n`, in order, as many as one report takes."""
        sql = "select body from line where n > ? order by n limit ?"
        rows = self._db.execute(sql, (n, BATCH))
        return tuple(msgspec.json.decode(body, type=Line) for (body,) in rows)

    def answers(self) -> list[tuple[int, Ack]]:
        """Return the oldest answers that have not gone out, with their numbers."""
        rows = self._db.execute("select n, body from answer order by n limit ?", (ANSWERS,))
        return [(n, msgspec.json.decode(body, type=Ack)) for n, body in rows]

    def answered(self, number: int) -> None:
        """Forget an answer that the broker has."""
        with self._db:
            self._db.execute("delete from answer where n = ?", (number,))

    def _remember(self, old: Memory, new: Memory) -> None:
        if new.plan is not old.plan and new.plan is not None:
            self._put("plan", new.plan)
        facts = _Facts(highest=new.highest, volume=new.volume, through=new.through)
        if facts != _Facts(highest=old.highest, volume=old.volume, through=old.through):
            self._put("facts", msgspec.json.encode(facts))
            self._prune(new.through)
        self._remember_map("airing", old.airings, new.airings)
        self._remember_map("seen", old.seen, new.seen)
        self._remember_map("barred", old.barred, new.barred)

    def _remember_map(
        self, table: str, old: Mapping[str, object], new: Mapping[str, object]
    ) -> None:
        if old is new:
            return
        changed = [(k, msgspec.json.encode(v)) for k, v in new.items() if old.get(k) is not v]
        gone = [(name,) for name in old.keys() - new.keys()]
        # the table's name is one of ours, never of a message
        self._db.executemany(f"insert or replace into {table} values (?, ?)", changed)  # noqa: S608
        self._db.executemany(f"delete from {table} where name = ?", gone)  # noqa: S608

    def _map(self, table: str, kind: type[T]) -> dict[str, T]:
        rows = self._db.execute(f"select name, body from {table}")  # noqa: S608 - a name of ours
        return {name: msgspec.json.decode(body, type=kind) for name, body in rows}

    def _identity(self, now: datetime) -> str:
        found = self._fact("id")
        if found is None:
            found = new_id(now).encode()
            with self._db:
                self._put("id", found)
        return found.decode()

    def _prune(self, through: int) -> None:
        """Drop old lines that the server has; never the last one, from which numbers go on."""
        old = min(through, self.last) - KEPT_LINES
        self._db.execute("delete from line where n <= ?", (old,))

    def _last(self) -> int:
        (found,) = self._db.execute("select coalesce(max(n), 0) from line").fetchone()
        return int(found)

    def _fact(self, name: str) -> bytes | None:
        row = self._db.execute("select value from fact where name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def _put(self, name: str, value: bytes) -> None:
        self._db.execute("insert or replace into fact values (?, ?)", (name, value))


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_S)
    try:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.executescript(TABLES)
        _check(db)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _check(db: sqlite3.Connection) -> None:
    (found,) = db.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        damaged = sqlite3.DatabaseError(found)
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged


def _put_aside(path: Path) -> None:
    """Keep what is left of a damaged journal for a technician."""
    path.replace(path.with_suffix(".damaged"))
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
