"""A coded receiver in a village: its true firmware on MicroPython, given decoded RDS groups.

with firmware_receiver(tmp_path, key) as receiver:
    receiver.hear([(0x7123, 0xB000, 0x0100, 0x0300)])  # None for a block that came damaged
    receiver.wait_relay(1)
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from tests.fakes.board import MICROPYTHON, ROOT


class Said(Struct, frozen=True):
    """One line of a receiver's record: a word about a message, or a move of its relay."""

    unix_ns: int
    word: str = ""
    relay: int | None = None


class FirmwareReceiver:
    """One receiver; `folder` keeps its key and counter over power cuts."""

    def __init__(self, folder: Path, key: bytes, *, pi: int, area: int, hold_s: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "key").write_text(key.hex(), encoding="ascii")
        self._record = folder / "record.jsonl"
        self._record.touch()
        whom = ["--pi", f"{pi:04X}", "--area", str(area), "--groups", "40,41"]
        files = ["--key", str(folder / "key"), "--counter", str(folder / "counter")]
        self._words = [*whom, *files, "--hold-s", str(hold_s)]

    def set_up(self, counter: int = 0) -> None:
        """Do what the workshop does: give it a first counter."""
        subprocess.run(self._command("--set-up", str(counter)), cwd=ROOT, check=True)

    def start(self) -> None:
        """Give it power."""
        begun = len(self.record())
        with self._record.open("a") as record:
            self._process = subprocess.Popen(
                self._command(), cwd=ROOT, stdin=subprocess.PIPE, stdout=record, text=True
            )
        self._wait(lambda: len(self.record()) > begun)

    def hear(self, groups: Iterable[Sequence[int | None]]) -> None:
        """Give it decoded groups."""
        assert self._process.stdin
        for blocks in groups:
            words = ["----" if block is None else f"{block:04X}" for block in blocks]
            self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()

    def record(self) -> list[Said]:
        """Return all that it has said, over power cuts."""
        lines = self._record.read_text(encoding="utf-8").splitlines(keepends=True)
        return [Said(**json.loads(line)) for line in lines if line.endswith("\n")]

    def words(self) -> list[str]:
        """Return its words about messages, in order."""
        return [said.word for said in self.record() if said.word]

    def relay(self) -> int:
        """Return how its relay is: 1 lets sound through."""
        return next(said.relay for said in reversed(self.record()) if said.relay is not None)

    def wait_words(self, count: int) -> list[str]:
        """Return its words as soon as there are so many. Raises TimeoutError."""
        self._wait(lambda: len(self.words()) >= count)
        return self.words()

    def wait_relay(self, position: int) -> None:
        """Wait until its relay is so. Raises TimeoutError."""
        self._wait(lambda: self.relay() == position)

    def cut_power(self) -> None:
        """Take its power away without a warning."""
        self._process.kill()
        self._end()

    def close(self) -> None:
        """Let it end with its lines."""
        if self._process.poll() is None:
            self._end()

    def _end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)

    def _command(self, *more: str) -> list[str]:
        return [str(MICROPYTHON), "-m", "firmware_stubs.receiver_main", *self._words, *more]

    def _wait(self, happened: Callable[[], bool], timeout_s: float = 20) -> None:
        end = time.monotonic() + timeout_s
        while not happened():
            if time.monotonic() > end:
                raise TimeoutError(f"the receiver said only {self.record()}")
            time.sleep(0.01)


@contextmanager
def firmware_receiver(
    folder: Path, key: bytes, *, pi: int = 0x7123, area: int = 3, hold_s: int = 30
) -> Iterator[FirmwareReceiver]:
    """Give a running receiver that has been set up; it is in groups 40 and 41."""
    receiver = FirmwareReceiver(folder, key, pi=pi, area=area, hold_s=hold_s)
    receiver.set_up()
    receiver.start()
    try:
        yield receiver
    finally:
        receiver.close()
