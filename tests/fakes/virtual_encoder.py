"""An RDS encoder on the far end of a cable, with a reader of UECP of its own.

It puts out a group every 87.6 ms, as a real one does: those asked for, between its own.
"""

import os
import select
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.cable import Cable
from tests.fakes.encoder_input import Ascii, Uecp

GROUP_S = 104 / 1187.5
QUEUE = 4  # groups, as in FMUSER RDS-C
Blocks = tuple[int, int, int, int]


@dataclass
class Memory:
    """What an encoder holds; a loss of power takes it away."""

    pi: int = 0
    ps: bytes = b"RDS-TEST"
    text: bytes = b""
    pty: int = 0
    tp: int = 0
    ta: int = 0
    ms: int = 0
    di: int = 0
    ecc: int = 0
    clock: bytes = b""
    clock_on: bool = False
    rds_on: bool = False
    answering: bool = False
    sequence: list[int] = field(default_factory=lambda: [0])
    announced: dict[int, int] = field(default_factory=dict)  # group -> application


@dataclass
class Faults:
    """What is wrong with it; counts go down as they happen."""

    deaf: bool = False
    lost_answers: int = 0
    refusals: int = 0


class VirtualEncoder:
    """`aired` are the groups so far, `said` the elements or commands that it understood."""

    def __init__(self, folder: Path, language: Uecp | Ascii) -> None:
        self.port = folder / "tty-encoder"
        self.cable = Cable(self.port)
        self.memory, self.faults = Memory(), Faults()
        self.aired: list[Blocks] = []
        self.said: list[bytes] = []
        self.dropped = 0
        self._language = language
        self._queue: deque[tuple[int, int, int, int]] = deque()
        self._turn = 0
        self._segments = {0: 0, 4: 0}
        self._next_s = time.monotonic() + GROUP_S
        self._over = threading.Event()
        self._line = os.open(self.cable.far_port, os.O_RDWR | os.O_NOCTTY)
        self._life = threading.Thread(target=self._live, name="encoder", daemon=True)
        self._life.start()

    def restart(self) -> None:
        """Lose the power, and all that was told."""
        self.memory = Memory()
        self._queue.clear()

    def wait_groups(self, count: int) -> None:
        """Wait until so many more groups are out."""
        end = len(self.aired) + count
        while len(self.aired) < end:
            assert self._life.is_alive(), "the encoder died"
            time.sleep(GROUP_S / 2)

    def close(self) -> None:
        """End it and its cable."""
        self._over.set()
        self._life.join()
        os.close(self._line)
        self.cable.close()

    def insert(self, kind: int, low5: int, third: int, fourth: int) -> None:
        """Take a free group in; what has no place in the sequence, or no room, is dropped."""
        if kind not in self.memory.sequence or len(self._queue) >= QUEUE:
            self.dropped += 1
        else:
            self._queue.append((kind, low5, third, fourth))

    def answer(self, data: bytes) -> None:
        """Answer, unless the answer gets lost."""
        if self.faults.lost_answers > 0:
            self.faults.lost_answers -= 1
        else:
            os.write(self._line, data)

    def _live(self) -> None:
        while not self._over.is_set():
            if select.select([self._line], [], [], 0.01)[0]:
                data = os.read(self._line, 4096)
                if not self.faults.deaf:
                    self._language.hear(self, data)
            while time.monotonic() >= self._next_s:
                self._next_s += GROUP_S
                if self.memory.rds_on:
                    self.aired.append(self._next())

    def _next(self) -> Blocks:
        """Two free groups never follow each other, so that the names go on."""
        previous = self.aired[-1][1] >> 11 if self.aired else -1
        if self._queue and previous in (0, 2, 4, 8):
            return self._blocks(*self._queue.popleft())
        own = [kind for kind in self.memory.sequence if kind in (0, 2, 4)]
        self._turn += 1
        return self._own((own or [0])[self._turn % len(own or [0])])

    def _own(self, kind: int) -> Blocks:
        memory = self.memory
        if kind == 2:
            return self._blocks(2, 0, memory.ecc, 0)
        if kind == 4 and memory.text:
            words = memory.text.ljust(64)
            at = self._segments[4] = (self._segments[4] + 1) % 16
            part = words[at * 4 : at * 4 + 4]
            return self._blocks(4, at, int.from_bytes(part[:2]), int.from_bytes(part[2:]))
        at = self._segments[0] = (self._segments[0] + 1) % 4
        flags = memory.ta << 4 | memory.ms << 3 | (memory.di >> (3 - at) & 1) << 2 | at
        return self._blocks(0, flags, 0xE0CD, int.from_bytes(memory.ps[at * 2 : at * 2 + 2]))

    def _blocks(self, kind: int, low5: int, third: int, fourth: int) -> Blocks:
        memory = self.memory
        return (memory.pi, kind << 11 | memory.tp << 10 | memory.pty << 5 | low5, third, fourth)


@contextmanager
def virtual_encoder(folder: Path, language: Uecp | Ascii | None = None) -> Iterator[VirtualEncoder]:
    """Give a running encoder."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = VirtualEncoder(folder, language or Uecp())
    try:
        yield encoder
    finally:
        encoder.close()
