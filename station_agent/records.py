"""The station's records: its journal, and a loose leaf for as long as that cannot be written.

The journal's errors end here, except one: `commit` raises JournalError when the disk fails while
all was well, for then the step must be decided anew, by the rules of a station that cannot write
(`station_agent.unwritten`).
"""

import logging
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from contract.reports import Ack, Line
from contract.reports import Event as JournalEvent
from station_agent.errors import DiskFull, JournalError
from station_agent.journal import ANSWERS, BATCH, SqliteJournal
from station_agent.journal_port import Owed
from station_agent.loose_leaf import LooseLeaf
from station_agent.state import Memory

log = logging.getLogger(__name__)

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system without a disk (Linux)


class Records:
    """Opens what can be opened; `trouble` tells people what was wrong with it, if anything."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self._book: SqliteJournal | None = None
        self._leaf: LooseLeaf | None = None
        try:
            self._book = SqliteJournal(path, now)
            self._memory = self._book.recall()
            self.id, self.last, self.trouble = self._book.id, self._book.last, self._book.damage
        except JournalError as error:
            self._leaf = LooseLeaf(now)
            self.trouble = str(error)
            self._peek(now)

    @property
    def unwritten(self) -> bool:
        """Whether a loose leaf stands in for the journal."""
        return self._leaf is not None

    def close(self) -> None:
        """Let the file go."""
        if self._book is not None:
            self._book.close()

    def recall(self) -> Memory:
        """Return what is remembered on the disk; while that cannot be read, what it was."""
        try:
            return self._book.recall() if self._book is not None else self._memory
        except JournalError as error:
            log.warning("%s", error)
            return self._memory

    def commit(
        self,
        old: Memory,
        new: Memory,
        lines: Iterable[JournalEvent],
        answers: Iterable[Ack],
        now: datetime,
    ) -> None:
        """Put it on the disk, all or nothing; on the loose leaf, when there is one."""
        if self._leaf is not None:
            self._leaf.add(lines, answers, now)
        elif self._book is not None:
            self._book.commit(old, new, lines, answers, now)
            self.last = self._book.last

    def begin_leaf(self, now: datetime) -> None:
        """From now on nothing needs the disk."""
        self._leaf = LooseLeaf(now)

    def mend(self, memory: Memory, now: datetime) -> Memory | None:
        """Try to write down what stands on the leaf; the memory that is then on the disk.

        None when the disk still fails. A journal that had to be begun anew has its own lines.
        """
        if self._leaf is None:
            return None
        try:
            book = self._book or SqliteJournal(self._path, now)
        except JournalError as error:
            log.warning("%s", error)
            return None
        if book.id == self.id:
            book.last = self.last  # beyond it stands what a commit left that failed
        else:
            memory = replace(memory, through=0)
        try:
            book.take_over(memory, self._leaf)
        except JournalError as error:
            log.warning("%s", error)
            self._distrust(book, error)
            return None
        self._book, self._leaf = book, None
        self.id, self.last, self.trouble = book.id, book.last, book.damage
        return memory

    def owed(self, through: int) -> Owed | None:
        """Return after which line of which journal the server has nothing; None: it has all."""
        try:
            found = self._book.owed(through) if self._book is not None else None
        except JournalError as error:
            log.warning("%s", error)
            found = None
        if found is None and self._leaf is not None and self._leaf.owed:
            return Owed(self._leaf.id, self._leaf.owed[0].n - 1)
        return found

    def after(self, owed: Owed) -> tuple[Line, ...]:
        """Return the lines owed, in order, as many as one report takes; none when unreadable."""
        if self._leaf is not None and owed.journal == self._leaf.id:
            return tuple(self._leaf.owed[:BATCH])
        try:
            return self._book.after(owed) if self._book is not None else ()
        except JournalError as error:
            log.warning("%s", error)
            return ()

    def stored(self, journal: str, through: int) -> None:
        """The server has these lines of a journal that is not the station's own."""
        if self._leaf is not None and journal == self._leaf.id:
            self._leaf.stored(through)
            return
        try:
            if self._book is not None:
                self._book.stored(journal, through)
        except JournalError as error:
            log.warning("%s", error)  # they are sent again, and change nothing

    def answers(self) -> list[tuple[int, Ack]]:
        """Return the oldest answers that have not gone out, with their numbers."""
        loose = list(self._leaf.answers.items())[:ANSWERS] if self._leaf is not None else []
        try:
            return loose + (self._book.answers() if self._book is not None else [])
        except JournalError as error:
            log.warning("%s", error)
            return loose

    def answered(self, number: int) -> None:
        """Forget an answer that the broker has."""
        if number < 0:
            if self._leaf is not None:
                self._leaf.answers.pop(number, None)
            return
        try:
            if self._book is not None:
                self._book.answered(number)
        except JournalError as error:
            log.warning("%s", error)  # it goes out again with the next connection

    def _distrust(self, book: SqliteJournal, error: JournalError) -> None:
        """Let go of a connection that has seen the disk fail; from a full one it still reads.

        A new connection sees also what a failed commit left: nothing is read from it before that
        is cleared away.
        """
        if book is not self._book or not isinstance(error, DiskFull):
            book.close()
            self._book = None

    def _peek(self, now: datetime) -> None:
        """Read a journal that cannot be opened for writing: from a copy, for SQLite writes to
        read what is in the log."""
        self.id, self.last, self._memory = "", 0, Memory(lost_at=now)
        try:
            with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
                for path in self._path.parent.glob(f"{self._path.name}*"):
                    shutil.copy(path, folder)
                copy = SqliteJournal(Path(folder) / self._path.name, now)
                if copy.last or copy.recall() != Memory():
                    self.id, self.last, self._memory = copy.id, copy.last, copy.recall()
                copy.close()
        except (OSError, JournalError) as error:
            log.warning("nothing is remembered: %s", error)
