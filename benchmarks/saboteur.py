"""Lets faults happen beside the run, each at its moment, by a seed."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from controller.launch.program import pids

SERVERS = ("controller", "web", "broker")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault to come: what kind, on which station if it has one, and when."""

    after_s: float
    part: str
    station: str


class Saboteur(threading.Thread):
    """Carries faults out one after another; `done` tells which have happened."""

    def __init__(self, strike: Callable[[Fault], None], faults: list[Fault]) -> None:
        super().__init__(name="saboteur", daemon=True)
        self._strike, self._faults = strike, faults
        self.done: list[Fault] = []
        self.error: Exception | None = None

    def run(self) -> None:
        """Each at its time, or when the one before is over."""
        begun = time.monotonic()
        for fault in self._faults:
            time.sleep(max(0.0, begun + fault.after_s - time.monotonic()))
            try:
                self._strike(fault)
            except Exception as error:
                self.error = error
                return
            self.done.append(fault)


def kill(data: Path, fault: Fault) -> bool:
    """Kill the part of a fault with SIGKILL; False while it is down."""
    pid = victim(data, fault)
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def victim(data: Path, fault: Fault) -> int | None:
    """The process to kill; None while it is down."""
    running = pids(data)
    if fault.part in SERVERS:
        return _if_alive(running[fault.part])
    agent = running[fault.station]
    if fault.part == "agent":
        return _if_alive(agent)
    return next((pid for pid in children(agent) if _is_player(pid)), None)


def _if_alive(pid: int) -> int | None:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None
    return None if state == "Z" else pid


def children(pid: int) -> list[int]:
    """The processes that this one, by any of its threads, has started."""
    try:
        lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has just ended
        return []
    return [int(child) for text in lists for child in text.split()]


def _is_player(pid: int) -> bool:
    try:
        return b"station_agent.player" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False
