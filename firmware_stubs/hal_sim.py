"""A board that is a process: MicroPython's unix port, a serial line, and a world told over stdin.

Each line on stdin is a JSON object of facts (see `World.facts`); the end of stdin is the end of
the board. Every change of an output is a JSON line in the history file, with the time.
"""

import json
import select
import sys
import termios
import time

from firmware_stubs import registers as r
from firmware_stubs.board import Board, Senses
from firmware_stubs.sim_world import World

ENOUGH = 64  # bytes in one turn: a line full of noise must not keep the rules waiting


class SimHal:
    """The line at `port`, a path; the history is appended to."""

    def __init__(self, port: str, history: str) -> None:
        self._line = open(port, "r+b")  # noqa: PTH123, SIM115  no pathlib; open as long as power
        termios.setraw(self._line.fileno())
        self._history = open(history, "a")  # noqa: PTH123, SIM115  same
        self._arrived = select.poll()
        self._arrived.register(self._line, select.POLLIN)
        self._anything = select.poll()
        self._anything.register(self._line, select.POLLIN)
        self._anything.register(sys.stdin, select.POLLIN)
        self._world = World()
        self._pads = self._world.pads(list(r.SAFE))
        self._written: tuple[tuple[int, ...], int] | None = None

    def reset_cause(self) -> int:
        return r.POWER_ON

    def now_us(self) -> int:
        return time.ticks_us()  # 62 bits wide on this port: does not come round

    def receive(self, wait_ms: int) -> bytes:
        if any(source is sys.stdin for source, *_ in self._anything.poll(wait_ms)):
            self._hear_world()
        data = bytearray()
        while len(data) < ENOUGH and self._arrived.poll(0):
            data += self._line.read(1)  # of more, a terminal would wait for all
        return bytes(data)

    def send(self, frame: bytes) -> None:
        self._line.write(frame)

    def sense(self) -> Senses:
        return self._world.senses(self._pads)

    def drive(self, board: Board) -> list[int]:
        self._pads = self._world.pads(board.coils)
        state = (tuple(self._pads), board.volume_percent)
        if state != self._written:
            self._written = state
            self._write_down(board)
        return self._pads

    def alive(self) -> None:
        pass  # a process has no chip that would reset it

    def _hear_world(self) -> None:
        line = sys.stdin.readline()
        if not line:
            raise SystemExit
        self._world.change(json.loads(line))

    def _write_down(self, board: Board) -> None:
        entry = {
            "unix_ns": time.time_ns(),
            "coils": self._pads,
            "volume": board.volume_percent,
            "why": board.why,
        }
        self._history.write(json.dumps(entry) + "\n")
