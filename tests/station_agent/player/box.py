"""A real player process with its events in a queue."""

import os
import queue
import select
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from contract.states import Profile
from station_agent.player.client import PlayerDied, PlayerProcess
from station_agent.player.wire import Ended, Event, Ready

PATIENCE_S = 30.0  # for a machine that does ten other things
E = TypeVar("E", bound=Event | PlayerDied)


class Box:
    """A context manager; the player is ready when it is entered, gone when it is left."""

    def __init__(
        self,
        where: Path,
        sink: str | None = None,
        profile: Profile = Profile.FLAT,
        inputs: Mapping[str, str] | None = None,
    ) -> None:
        self.card = where / "card"
        self.capture = where / "capture"
        self._events: queue.SimpleQueue[Event | PlayerDied] = queue.SimpleQueue()
        self.player = PlayerProcess(
            sink or f"file:{self.card}", self._events.put, self.capture, profile, inputs
        )

    def wait_for(self, kind: type[E]) -> E:
        """Return the next event of a kind, dropping others."""
        while True:
            event = self._events.get(timeout=PATIENCE_S)
            if isinstance(event, kind):
                return event

    def ended(self, run: str) -> Ended:
        """Wait for the end of a run."""
        while (ended := self.wait_for(Ended)).run != run:
            pass
        return ended

    def __enter__(self) -> "Box":
        assert self.wait_for(Ready).pid == self.player.pid
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.player.close()


def wait_for_exit(pid: int) -> None:
    """Wait until a process, which need not be our child, has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        watch = select.poll()
        watch.register(handle, select.POLLIN)
        assert watch.poll(PATIENCE_S * 1000), "the player is still there"
    finally:
        os.close(handle)


def peak_memory_mb(pid: int) -> float:
    """Return the most that a process has had resident."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024
