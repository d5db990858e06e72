"""Wall stream: what changed on the wall, told to some browsers as it happens; the others ask.

Server-sent events (WHATWG HTML §9.2). A stream holds a thread for as long as it lasts, so there
are only so many; each ends after some minutes and its browser comes back, with its rights looked
at anew.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from threading import BoundedSemaphore, Lock

import msgspec

from controller.wall import Stand

Stands = Mapping[str, tuple[str, Stand]]

MOST_STREAMS = 40
EVERY_S = 2.0
LASTS_S = 300.0
COME_BACK_MS = 3_000


class Full(Exception):
    """As many streams as the threads bear are open."""


class Stream:
    """All streams of one process; they share what they read. `read` gives every station."""

    def __init__(
        self,
        read: Callable[[], Stands],
        *,
        most: int = MOST_STREAMS,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._read, self._clock, self._pause = read, clock, pause
        self._places, self._lock = BoundedSemaphore(most), Lock()
        self._stands: Stands = {}
        self._read_at = -EVERY_S

    def open(self, inside: frozenset[str]) -> Iterator[bytes]:
        """Events about the stations of these areas. Raises Full at once, not while it is read."""
        if not self._places.acquire(blocking=False):
            raise Full
        return self._events(inside)

    def now(self) -> Stands:
        """How all stations stand, read at most once in two seconds, whoever asks."""
        with self._lock:
            if self._clock() - self._read_at >= EVERY_S:
                self._stands, self._read_at = self._read(), self._clock()
            return self._stands

    def _events(self, inside: frozenset[str]) -> Iterator[bytes]:
        try:
            yield f"retry: {COME_BACK_MS}\n\n".encode()
            ends = self._clock() + LASTS_S
            known: dict[str, Stand] = {}
            while self._clock() < ends:
                current = seen_from(self.now(), inside)
                changed = {id_: stand for id_, stand in current.items() if known.get(id_) != stand}
                known = current
                # an empty one too: who hears nothing knows that the line is dead
                yield b"event: stands\ndata: " + msgspec.json.encode(changed) + b"\n\n"
                self._pause(EVERY_S)
        finally:
            self._places.release()


def seen_from(stands: Stands, inside: frozenset[str]) -> dict[str, Stand]:
    """The stations of these areas and how they stand."""
    return {id_: stand for id_, (area, stand) in stands.items() if area in inside}
