"""The journal on disk: SQLite, what is committed survives a power cut."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from contract.ids import new_id
from contract.reports import Ack, Line, Trouble
from contract.reports import Event as JournalEvent
from station_agent import journal_file
from station_agent.errors import DiskFull, JournalError
from station_agent.journal_port import Owed
from station_agent.loose_leaf import LooseLeaf
from station_agent.memory_tables import fact, put, recall, remember
from station_agent.salvage import Salvaged, salvage
from station_agent.state import Memory

BATCH = 100  # lines of a report (contract.reports.Report)
ANSWERS = 10  # as many as the link takes at once
KEPT_LINES = 10_000
"""Lines that the server has are kept for a technician on the spot, about three months of them."""


class SqliteJournal:
    """One connection, used by the loop's thread. Raises JournalError when the disk fails.

    A damaged file is put aside and a new one begun with what could be read of it; `damage` then
    says so, for people.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self.id, self.last, self.damage = "", 0, ""
        with _telling(f"Không mở được nhật ký {path}"):
            try:
                self._open(path, now)
            except (msgspec.DecodeError, sqlite3.DatabaseError) as error:
                if isinstance(error, sqlite3.Error) and not journal_file.is_damage(error):
                    raise
                self._begin_anew(path, now)

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    def recall(self) -> Memory:
        """Return what was remembered last."""
        with _telling("Không đọc được nhật ký"):
            return recall(self._db)

    def commit(
        self,
        old: Memory,
        new: Memory,
        lines: Iterable[JournalEvent],
        answers: Iterable[Ack],
        now: datetime,
    ) -> None:
        """Put memory, lines and answers on the disk: all of it, or nothing."""
        with _telling("Không ghi được nhật ký"), self._transaction():
            remember(self._db, old, new)
            if new.through != old.through:
                self._prune(new.through)
            last = self._add((now, event) for event in lines)
            self._answer(answers)
        self.last = last

    def take_over(self, memory: Memory, leaf: LooseLeaf) -> None:
        """Put on the disk what was remembered and written while it could not be written.

        Lines beyond `last` are of a commit that failed, whatever the disk made of it.
        """
        with _telling("Không ghi được nhật ký"), self._transaction():
            remember(self._db, recall(self._db), memory)
            self._db.execute("delete from line where n > ?", (self.last,))
            last = self._add(leaf.ends)
            self._keep_strays(leaf.id, [(n.n, msgspec.json.encode(n)) for n in leaf.owed])
            self._answer(leaf.answers.values())
        self.last = last
        self._strays = self._has_strays()

    def owed(self, through: int) -> Owed | None:
        """Return after which line of which journal the server has nothing; None: it has all."""
        if self._strays:
            with _telling("Không đọc được nhật ký"):
                sql = "select journal, n - 1 from stray order by journal, n limit 1"
                return Owed(*self._db.execute(sql).fetchone())
        return Owed(self.id, through) if self.last > through else None

    def after(self, owed: Owed) -> tuple[Line, ...]:
        """Return the lines owed, in order, as many as one report takes."""
        with _telling("Không đọc được nhật ký"):
            if owed.journal == self.id:
                sql = "select n, body from line where n > ? order by n limit ?"
                rows = self._db.execute(sql, (owed.through, BATCH))
            else:
                sql = "select n, body from stray where journal = ? and n > ? order by n limit ?"
                rows = self._db.execute(sql, (owed.journal, owed.through, BATCH))
            return tuple(_line(n, body) for n, body in rows)

    def stored(self, journal: str, through: int) -> None:
        """Let go of strays that the server has."""
        if self._strays:
            with _telling("Không ghi được nhật ký"), self._transaction():
                sql = "delete from stray where journal = ? and n <= ?"
                self._db.execute(sql, (journal, through))
            self._strays = self._has_strays()

    def answers(self) -> list[tuple[int, Ack]]:
        """Return the oldest answers that have not gone out, with their numbers."""
        with _telling("Không đọc được nhật ký"):
            rows = self._db.execute("select n, body from answer order by n limit ?", (ANSWERS,))
            return [(n, msgspec.json.decode(body, type=Ack)) for n, body in rows]

    def answered(self, number: int) -> None:
        """Forget an answer that the broker has."""
        with _telling("Không ghi được nhật ký"), self._transaction():
            self._db.execute("delete from answer where n = ?", (number,))

    def _open(self, path: Path, now: datetime) -> None:
        self._db = journal_file.open_file(path)
        try:
            self.id = self._identity(now)
            self.last = self._count()
            self._strays = self._has_strays()
            recall(self._db)
        except (sqlite3.Error, msgspec.DecodeError):
            self._db.close()
            raise

    def _begin_anew(self, path: Path, now: datetime) -> None:
        left = salvage(path)
        journal_file.put_aside(path)
        self._open(path, now)
        memory = left.memory if left.whole else replace(left.memory, lost_at=now)
        with self._transaction():
            remember(self._db, Memory(), memory)
            self._keep_strays(left.journal, left.lines)
        self._strays = self._has_strays()
        self.damage = _tell_damage(left)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._db:
            self._db.execute("begin immediate")
            yield

    def _add(self, events: Iterable[tuple[datetime, JournalEvent]]) -> int:
        """Add lines after the last one; the number of the last one then."""
        last = self.last
        for at, event in events:
            last += 1
            body = msgspec.json.encode(Line(n=last, at=at, event=event))
            self._db.execute("insert into line values (?, ?)", (last, body))
        return last

    def _answer(self, answers: Iterable[Ack]) -> None:
        bodies = [(msgspec.json.encode(ack),) for ack in answers]
        self._db.executemany("insert into answer (body) values (?)", bodies)

    def _keep_strays(self, journal: str, lines: Iterable[tuple[int, bytes]]) -> None:
        rows = [(journal, n, body) for n, body in lines if journal]
        self._db.executemany("insert or ignore into stray values (?, ?, ?)", rows)

    def _has_strays(self) -> bool:
        return self._db.execute("select 1 from stray limit 1").fetchone() is not None

    def _identity(self, now: datetime) -> str:
        found = fact(self._db, "id")
        if found is None:
            found = new_id(now).encode()
            with self._transaction():
                put(self._db, "id", found)
        return found.decode()

    def _count(self) -> int:
        (found,) = self._db.execute("select coalesce(max(n), 0) from line").fetchone()
        return int(found)

    def _prune(self, through: int) -> None:
        """Drop old lines that the server has; never the last one, from which numbers go on."""
        old = min(through, self.last) - KEPT_LINES
        self._db.execute("delete from line where n <= ?", (old,))


@contextmanager
def _telling(words: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        raise (DiskFull if full else JournalError)(f"{words}: {error}") from error


def _line(n: int, body: bytes) -> Line:
    """A line; one whose bytes have rotted says so, for a gap would hold up all that follow."""
    try:
        return msgspec.json.decode(body, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        rotten = Trouble(code="journal", detail=f"Dòng {n} của nhật ký không đọc được")
        return Line(n=n, at=datetime.fromtimestamp(0, UTC), event=rotten)


def _tell_damage(left: Salvaged) -> str:
    kept = "đọc lại được trọn trí nhớ" if left.whole else "mất một phần trí nhớ"
    return f"Nhật ký hỏng, đã để riêng và mở sổ mới: {kept}, giữ {len(left.lines)} dòng chưa báo"
