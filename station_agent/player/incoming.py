"""Reads the agent's commands from a thread of its own; the end of them is the order to quit."""

import os
import queue
import socket
import threading
from collections.abc import Callable

from station_agent.player.errors import LineError
from station_agent.player.wire import Command, Event, Quit, Rejected, decode_command, read_lines

# Fade (0.1 s), buffer (0.12 s), last words (0.5 s); then a stuck sound card holds the process.
LAST_SECONDS = 2.0


class Incoming:
    """A queue of commands behind the socket."""

    def __init__(self, connection: socket.socket, emit: Callable[[Event], None]) -> None:
        self._socket = connection
        self._emit = emit
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="commands in", daemon=True).start()

    def take(self, wait_s: float | None) -> list[Command]:
        """Return all that have come, waiting for the first up to `wait_s` (None: for ever)."""
        taken: list[Command] = []
        try:
            taken.append(self._commands.get(timeout=wait_s))
            while True:
                taken.append(self._commands.get_nowait())
        except queue.Empty:
            return taken

    def hang_up(self) -> None:
        """Read no further, as if the agent were gone."""
        self._socket.shutdown(socket.SHUT_RD)

    def _read(self) -> None:
        try:
            with self._socket.makefile("rb") as stream:
                for line in read_lines(stream):
                    self._take_in(line)
        except OSError:
            pass  # reset by the agent's death: the same as its end of file
        finally:
            self._commands.put(Quit())
            threading.Event().wait(LAST_SECONDS)
            os._exit(1)  # the engine is stuck in its device: nobody is left to mend it

    def _take_in(self, line: bytes) -> None:
        try:
            self._commands.put(decode_command(line))
        except LineError as error:
            self._emit(Rejected(reason=str(error)))
