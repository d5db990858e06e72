"""Peak memory of a process and of all its children, read from /proc while they live."""

import os
import threading
from pathlib import Path
from typing import Self

EVERY_S = 0.02  # a gate that decodes a short file lives for 0.15 s
KB_PER_MB = 1_024


class PeakOfTree:
    """`peaks_mb` is the highest resident memory (VmHWM) of each program in the tree of `pid`.

    A program is named by its module or file; `together_mb` is the most that all held at once.
    """

    def __init__(self, pid: int) -> None:
        self.peaks_mb: dict[str, float] = {}
        self.together_mb = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY_S):
            together = 0.0
            for pid in _tree(self._pid):
                name, facts = _name(pid), _facts(pid)
                together += facts.get("VmRSS", 0.0)
                self.peaks_mb[name] = max(self.peaks_mb.get(name, 0.0), facts.get("VmHWM", 0.0))
            self.together_mb = max(self.together_mb, together)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue  # it ended in between
    return found


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "?"
    named = words[words.index("-m") + 1] if "-m" in words[:-1] else words[0]
    return named.rpartition("/")[2] or "?"


def _facts(pid: int) -> dict[str, float]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines if line.startswith("Vm"))
    return {name.rstrip(":"): int(value) / KB_PER_MB for name, value, *_ in pairs}


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process and its living children have used."""
    ticks = 0
    for each in _tree(pid):
        try:
            words = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended in between
        ticks += int(words[11]) + int(words[12])  # utime, stime (proc(5))
    return ticks / os.sysconf("SC_CLK_TCK")
