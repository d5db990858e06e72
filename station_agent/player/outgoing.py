"""Sends events to the agent from a thread of its own, so that a stalled agent stops no sound."""

import contextlib
import queue
import socket
import threading

from station_agent.player.wire import Event, encode

# The agent's end may be gone or asleep when the player exits: what it has not read is in its
# last Progress, more or less.
FLUSH_PATIENCE_S = 0.5


class Outgoing:
    """A queue of events in front of the socket.

    Unbounded: a sleeping agent costs about 10 kB a minute, and its watchdog ends it long before.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._send_all, name="events out", daemon=True)
        self._thread.start()

    def put(self, event: Event) -> None:
        """Queue an event; never waits."""
        self._events.put(event)

    def close(self) -> None:
        """Send what is queued, as far as the agent reads it."""
        self._events.put(None)
        self._thread.join(FLUSH_PATIENCE_S)

    def _send_all(self) -> None:
        with contextlib.suppress(OSError):  # the agent is gone: its end of file ends the player
            while (event := self._events.get()) is not None:
                self._socket.sendall(encode(event))
