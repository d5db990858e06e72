"""Runtime: the one thread that owns the controller's state. All others only put events in."""

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from queue import Empty, SimpleQueue

from controller import incoming
from controller.alarms import sound_alarm
from controller.chores import Chore
from controller.errors import Deaf
from controller.events import Confirmed, Connected, Disconnected, Due, Event, Nudged, Stopping
from controller.incoming import DATABASE_TROUBLE, Arrived
from controller.ports import Hub
from controller.sender import Sender
from controller.store import Store

log = logging.getLogger(__name__)

BATCH = 500
"""Events handled in one turn: one transaction, well under a second."""

IDLE_S = 1.0
"""Without any event the outbox is still looked at this often."""

DATABASE_PAUSE_S = 1.0
"""A full or locked database is not asked again at once."""


class Runtime:
    """Handles events in batches until it is told to stop."""

    def __init__(
        self,
        store: Store,
        hub: Hub,
        events: SimpleQueue[Event],
        *,
        clock: Callable[[], datetime],
        chores: Mapping[str, Chore],
        on_nudge: Callable[[], None],
    ) -> None:
        """`on_nudge` wakes whoever else waits for news. The clock gives aware times."""
        self._store, self._hub, self._events, self._clock = store, hub, events, clock
        self._chores, self._on_nudge = chores, on_nudge
        self._sender = Sender(store, hub)
        self._unstored: list[Arrived] = []
        self._todo: deque[Event] = deque()
        self._stopping = False

    def run(self) -> None:
        """Until `Stopping`. Raises Deaf when only a restart of the process can help."""
        while not self._stopping:
            self.turn(self._gather())
            if not self._hub.is_healthy():
                raise Deaf

    def turn(self, events: Sequence[Event]) -> None:
        """One batch. Trouble with the database loses nothing: it is tried again."""
        self._unstored += [event for event in events if isinstance(event, Arrived)]
        self._todo += [event for event in events if not isinstance(event, Arrived)]
        try:
            self._store_arrivals()
            while self._todo:
                self._handle(self._todo[0])
                self._todo.popleft()
            self._sender.pump(self._clock())
        except DATABASE_TROUBLE:
            log.exception("the database does not take our work; trying again")
            self._unstored = [each for each in self._unstored if not incoming.may_be_lost(each)]
            time.sleep(DATABASE_PAUSE_S)

    def _gather(self) -> list[Event]:
        """What is waiting, at most a batch; waits a moment for the first."""
        events: list[Event] = []
        try:
            events.append(self._events.get(timeout=IDLE_S))
            while len(events) < BATCH:
                events.append(self._events.get_nowait())
        except Empty:
            pass
        return events

    def _store_arrivals(self) -> None:
        """Stored first, then acknowledged: the broker keeps what we could not store."""
        if not self._unstored:
            return
        with self._store.writing() as session:
            receipts = incoming.take(session, self._unstored, self._clock())
        for arrived in self._unstored:
            self._hub.done(arrived.ticket)
        self._unstored.clear()
        self._sender.receipts(receipts)

    def _handle(self, event: Event) -> None:
        match event:
            case Connected(session=session):
                self._sender.connected(session, self._clock())
            case Disconnected():
                self._sender.disconnected()
            case Confirmed(mid=mid):
                self._sender.confirmed(mid)
            case Nudged():
                self._on_nudge()
                self._do("watch")
            case Due(chore=chore):
                self._do(chore)
            case Stopping():
                self._stopping = True

    def _do(self, name: str) -> None:
        """A chore that fails is an alarm; the others, and the stations' reports, go on."""
        try:
            if self._chores[name](self._clock()):
                self._events.put(Due(name))
        except DATABASE_TROUBLE:
            raise
        except Exception as error:
            log.exception("chore %s", name)
            with self._store.writing() as session:
                sound_alarm(session, "chore_failed", f"{name}: {error}", self._clock())
