"""The I/O board: its true firmware on MicroPython, at the other end of a cable one can pull.

with firmware_board(tmp_path) as board:
    agent_opens(board.port)          # a path that stays the same when the cable is plugged again
    board.world(temperature_dc=900)  # facts of firmware_stubs.sim_world
    board.history()                  # every change of an output, with its time: evidence
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from tests.fakes.cable import Cable

ROOT = Path(__file__).parents[2]
MICROPYTHON = Path(sys.executable).with_name("micropython")
SAFE = (0, 1, 0, 0, 0)


class Change(Struct, frozen=True):
    """The outputs from an instant on: amplifier, mute, transmitter, fan, wake tone."""

    unix_ns: int
    coils: tuple[int, int, int, int, int]
    volume: int
    why: str  # reset, host, silence, interlock, heat

    @property
    def loud(self) -> bool:
        """Whether anybody can hear something: an amplifier unmuted, or a carrier."""
        amplifier, mute, transmitter, _, _ = self.coils
        return bool((amplifier and not mute) or transmitter)


class FirmwareBoard:
    """One board; `folder` keeps its port and its history over resets."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = folder / "tty-board"
        self.cable = Cable(self.port)
        self._history = folder / "coils.jsonl"
        self._history.touch()
        self._process = self._start()

    def world(self, **facts: int) -> None:
        """Make the world around the board different."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(facts) + "\n")
        self._process.stdin.flush()

    def history(self) -> list[Change]:
        """Return every change of the outputs so far, over all resets."""
        lines = self._history.read_text(encoding="utf-8").splitlines(keepends=True)
        return [_change(line) for line in lines if line.endswith("\n")]

    def now(self) -> Change:
        """Return how the outputs are."""
        return self.history()[-1]

    def wait(self, wanted: Callable[[Change], bool], timeout_s: float = 10) -> Change:
        """Return the state of the outputs as soon as it is as wanted. Raises TimeoutError."""
        end = time.monotonic() + timeout_s
        while not wanted(self.now()):
            if time.monotonic() > end:
                raise TimeoutError(f"the outputs stayed {self.now()}")
            time.sleep(0.01)
        return self.now()

    def reset(self) -> None:
        """Take the power away and give it back; relays fall with it, and the world is well."""
        self._process.kill()
        self.close_process()
        self._process = self._start()

    def close_process(self) -> None:
        """Let the board end with its power, which is its stdin."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)

    def close(self) -> None:
        """End board and cable."""
        self.close_process()
        self.cable.close()

    def _start(self) -> "subprocess.Popen[str]":
        begun = len(self.history())
        words = ["--port", self.cable.far_port, "--history", str(self._history)]
        process = subprocess.Popen(
            [MICROPYTHON, "-m", "firmware_stubs.main", *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            text=True,
        )
        end = time.monotonic() + 30  # two busy cores: starting is no matter of milliseconds
        while len(self.history()) == begun:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the firmware did not start")
            time.sleep(0.01)
        return process


def _change(line: str) -> Change:
    entry = json.loads(line)
    return Change(entry["unix_ns"], tuple(entry["coils"]), entry["volume"], entry["why"])


@contextmanager
def firmware_board(folder: Path, **facts: int) -> Iterator[FirmwareBoard]:
    """Give a running board in a world that differs from a good one by `facts`."""
    board = FirmwareBoard(folder)
    try:
        if facts:
            board.world(**facts)
        yield board
    finally:
        board.close()
