"""Kills a random part of a running village with SIGKILL, at a random moment, by a seed."""

import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from controller.launch.program import pids

SERVERS = ("controller", "web", "broker")
PARTS = (*SERVERS, "agent", "player")


@dataclass(frozen=True, slots=True)
class Fault:
    """One kill to come: which kind of part, on which station if it has one, and when."""

    after_s: float
    part: str
    station: str


def plan_faults(random: Random, count: int, within_s: float, stations: list[str]) -> list[Fault]:
    """So many kills, spread over the next `within_s`, in order."""
    moments = sorted(random.uniform(0, within_s) for _ in range(count))
    return [Fault(at_s, random.choice(PARTS), random.choice(stations)) for at_s in moments]


class Saboteur(threading.Thread):
    """Carries faults out beside the run; `done` tells what was really killed."""

    def __init__(self, data: Path, faults: list[Fault]) -> None:
        super().__init__(name="saboteur", daemon=True)
        self._data, self._faults = data, faults
        self.done: list[Fault] = []

    def run(self) -> None:
        """Each at its time; a part that is just being started again is waited for."""
        begun = time.monotonic()
        for fault in self._faults:
            time.sleep(max(0.0, begun + fault.after_s - time.monotonic()))
            while not self._kill(fault):
                time.sleep(0.05)
            self.done.append(fault)

    def _kill(self, fault: Fault) -> bool:
        pid = victim(self._data, fault)
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
