"""Resident memory of a run's programs, read from /proc while they work."""

import threading
from pathlib import Path

from benchmarks.saboteur import children
from controller.launch.program import pids

EVERY_S = 1.0
KB = 1_024


class PeakMemory:
    """Watches a data directory's programs; `peaks` is the highest resident MB seen of each kind."""

    def __init__(self, data: Path) -> None:
        self.peaks: dict[str, float] = {}
        self._data = data
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                found = pids(self._data)
            except (OSError, ValueError):
                continue  # not started yet, or being written
            for name, pid in found.items():
                self._look(name, pid)

    def _look(self, name: str, pid: int) -> None:
        found = children(pid)
        if name in {"broker", "controller"}:
            self._raise(name, pid)
        elif name == "web":
            for worker in found:
                self._raise("web worker", worker)
        else:
            self._raise("agent", pid)
            for player in found:
                self._raise("player", player)

    def _raise(self, kind: str, pid: int) -> None:
        megabytes = resident_mb(pid)
        self.peaks[kind] = max(self.peaks.get(kind, 0.0), megabytes)


def resident_mb(pid: int) -> float:
    """Resident memory of a process now; 0 when it has ended."""
    try:
        pages = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in pages.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / KB
