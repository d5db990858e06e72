"""What the agent needs of its records: memory, numbered lines and answers, on the disk or not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from contract.reports import Ack, Line
from contract.reports import Event as JournalEvent
from station_agent.state import Memory


class Owed(Struct, frozen=True):
    """What the server has not: the lines of `journal` after `through`."""

    journal: str
    through: int


class Journal(Protocol):
    """The station's memory and its numbered lines; on a loose leaf while the disk fails."""

    @property
    def id(self) -> str:
        """New with every new disk."""

    @property
    def last(self) -> int:
        """The number of the last line; 0 when there is none."""

    @property
    def trouble(self) -> str:
        """What was wrong with it when it was opened last, for people; "" when nothing was."""

    @property
    def unwritten(self) -> bool:
        """Whether a loose leaf stands in for it."""

    def recall(self) -> Memory:
        """Return what was remembered last."""

    def commit(
        self,
        old: Memory,
        new: Memory,
        lines: Iterable[JournalEvent],
        answers: Iterable[Ack],
        now: datetime,
    ) -> None:
        """Put memory, lines and answers on the disk: all of it, or nothing.

        Raises JournalError when the disk fails; never while a loose leaf stands in.
        """

    def begin_leaf(self, now: datetime) -> None:
        """From now on nothing needs the disk."""

    def mend(self, memory: Memory, now: datetime) -> Memory | None:
        """Try to write down what stands on the leaf; the memory that is then on the disk."""

    def owed(self, through: int) -> Owed | None:
        """Return what is to be reported next when the server has our own lines to `through`."""

    def after(self, owed: Owed) -> tuple[Line, ...]:
        """Return the lines owed, in order, as many as one report takes."""

    def stored(self, journal: str, through: int) -> None:
        """The server has these lines of a journal that is not the station's own."""

    def answers(self) -> list[tuple[int, Ack]]:
        """Return the oldest answers that have not gone out, with their numbers."""

    def answered(self, number: int) -> None:
        """Forget an answer that the broker has."""
