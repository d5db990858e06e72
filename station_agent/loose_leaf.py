"""A loose leaf: lines and answers held in memory while the journal cannot be written.

It is a journal of its own id. Were its lines numbered on from the journal's, a power cut would
lose them, and the next lines would go out under numbers that the server already has.

The end of an airing does not stand on it: a power cut would forget that it was told, and the
airing would end again. It waits for the journal, and is on the disk before the server hears of it.
"""

from collections.abc import Iterable
from datetime import datetime

from contract.ids import new_id
from contract.reports import Ack, Displaced, Ended, Line, OrderTaken, Started
from contract.reports import Event as JournalEvent

MOST = 5_000
"""Lines; with 300 bytes each they stay under 2 MB. A leaf that is longer, after weeks without disk
and without link, takes only what verdicts are made of."""

VERDICTS = (Started, Displaced, OrderTaken)


class LooseLeaf:
    """Everything since the disk failed. Nothing here can fail, and nothing survives a power cut."""

    def __init__(self, now: datetime) -> None:
        self.id = new_id(now)
        self.last = 0
        self.owed: list[Line] = []
        self.ends: list[tuple[datetime, Ended]] = []
        self.answers: dict[int, Ack] = {}
        self._answered = 0

    def add(self, events: Iterable[JournalEvent], answers: Iterable[Ack], now: datetime) -> None:
        """Write down."""
        for event in events:
            if isinstance(event, Ended):
                self.ends.append((now, event))
            elif len(self.owed) < MOST or isinstance(event, VERDICTS):
                self.last += 1
                self.owed.append(Line(n=self.last, at=now, event=event))
        for ack in answers:
            self._answered -= 1  # below nought: the journal counts its answers upwards
            self.answers[self._answered] = ack

    def stored(self, through: int) -> None:
        """The server has the lines up to this one."""
        self.owed = [line for line in self.owed if line.n > through]
