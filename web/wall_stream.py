"""Wall stream: what changed on the wall, told to some browsers as it happens; the others ask.

Server-sent events (WHATWG HTML §9.2). A stream holds a thread for as long as it lasts, so there
are only so many; each ends after some minutes and its browser comes back. Nothing here looks at
the request: it is over when the first event is sent.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from threading import BoundedSemaphore, Lock

import msgspec

from controller.wall import Stand

Stands = Mapping[str, tuple[str, Stand]]

Inside = Callable[[], frozenset[str] | None]
"""The areas that the person sees now; None: they are signed in no more, or see nothing there."""

EVERY_S = 1.0
LASTS_S = 300.0
RIGHTS_S = 14.0  # how often it is asked whether the person may still look
COME_BACK_MS = 3_000


class Full(Exception):
    """As many streams as the threads bear are open."""


class Stream:
    """All streams of one process; they share what they read. `read` gives every station."""

    def __init__(
        self,
        read: Callable[[], Stands],
        *,
        most: int,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._read, self._clock, self._pause = read, clock, pause
        self._places, self._lock = BoundedSemaphore(most), Lock()
        self._stands: Stands = {}
        self._read_at = -EVERY_S

    def take(self) -> None:
        """A place for one more. Raises Full. Whoever takes one gives it back, read or not."""
        if not self._places.acquire(blocking=False):
            raise Full

    def give(self) -> None:
        """The place is free again."""
        self._places.release()

    def now(self) -> Stands:
        """How all stations stand, read at most once in two seconds, whoever asks."""
        with self._lock:
            if self._clock() - self._read_at >= EVERY_S:
                self._stands, self._read_at = self._read(), self._clock()
            return self._stands

    def events(self, inside: Inside) -> Iterator[bytes]:
        """First how all stations of these areas stand, then what changed."""
        yield f"retry: {COME_BACK_MS}\n\n".encode()
        begun = asked = self._clock()
        areas = inside()
        known: dict[str, Stand] = {}
        while self._clock() - begun < LASTS_S:
            if self._clock() - asked >= RIGHTS_S:
                areas, asked = inside(), self._clock()
            if areas is None:
                yield b"event: ended\ndata: {}\n\n"
                return
            current = seen_from(self.now(), areas)
            changed = {id_: stand for id_, stand in current.items() if known.get(id_) != stand}
            known = current
            # an empty one too: who hears nothing knows that the line is dead
            yield b"event: stands\ndata: " + msgspec.json.encode(changed) + b"\n\n"
            self._pause(EVERY_S)


def seen_from(stands: Stands, inside: frozenset[str]) -> dict[str, Stand]:
    """The stations of these areas and how they stand."""
    return {id_: stand for id_, (area, stand) in stands.items() if area in inside}
