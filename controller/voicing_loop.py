"""The voicing loop: threads of its own, so that a long text holds up no order."""

import logging
import threading
import time
from collections.abc import Callable

from controller.incoming import DATABASE_TROUBLE

log = logging.getLogger(__name__)

IDLE_S = 1.0
"""A bulletin whose nudge was lost waits this long for its voice."""

THREADS = 2
"""An hour of uploaded sound takes minutes: the next notice must not wait for it."""

STOP_S = 3.0
"""Less than the supervisor waits before it kills."""


class VoicingLoop:
    """Works while there is work; `wake` says that there may be some. Claims keep threads apart."""

    def __init__(
        self, work: Callable[[], bool], *, name: str = "voicing", threads: int = THREADS
    ) -> None:
        """`work` makes one recording and says whether it did."""
        self._work, self._name = work, name
        self._wake = threading.Event()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True)
            for n in range(1, threads + 1)
        ]

    def start(self) -> None:
        """Begin; returns at once."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def stop(self) -> None:
        """Begin no other; one in the making is given up, and made again when its lease is over."""
        self._stopping = True
        self._wake.set()
        deadline = time.monotonic() + STOP_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(IDLE_S)
            self._wake.clear()
            while not self._stopping and self._worked():
                pass

    def _worked(self) -> bool:
        """One recording. What goes wrong with it is left to its lease, and never ends the loop."""
        try:
            return self._work()
        except DATABASE_TROUBLE as error:
            log.warning("%s: %s", self._name, error)
        except Exception:
            log.exception(self._name)
        return False
