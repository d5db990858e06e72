"""The agent's hold on its ear: starts the process, passes on what it hears, starts it again."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable

from station_agent.events import EarHeard, EarLost

PAUSE_S = 10.0  # before another try: a USB card that was pulled comes back by hand
TOGETHER = 3  # levels in one event: 0.3 s costs an alarm little and the loop less


class EarProcess:
    """Listens from the moment it is made until it is closed."""

    def __init__(self, source: str, put: Callable[[EarHeard | EarLost], None]) -> None:
        self._source, self._put = source, put
        self._closed = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="ear", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._closed.set()
        with self._lock:
            if self._child is not None:
                self._child.kill()
        self._thread.join()

    def _work(self) -> None:
        while not self._closed.is_set():
            problem = self._listen()
            if not self._closed.is_set():
                self._put(EarLost(problem))
            self._closed.wait(PAUSE_S)

    def _listen(self) -> str:
        """Pass on what is heard until it ends; why it ended."""
        command = [sys.executable, "-m", "station_agent.ear", self._source]
        with self._lock:
            if self._closed.is_set():
                return ""
            child = self._child = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        with child:
            self._pass_on(child.stdout or ())
            return child.communicate()[1].strip().rpartition("\n")[2]

    def _pass_on(self, lines: Iterable[str]) -> None:
        slot, levels = 0, list[float]()
        for line in lines:
            number, _, level = line.partition(" ")
            if levels and int(number) != slot + len(levels):
                self._put(EarHeard(slot=slot, levels=tuple(levels)))
                levels.clear()
            slot = slot if levels else int(number)
            levels.append(float(level))
            if len(levels) == TOGETHER:
                self._put(EarHeard(slot=slot, levels=tuple(levels)))
                levels.clear()
