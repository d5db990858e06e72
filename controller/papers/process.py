"""Process: a document read by a child, so that a hostile file harms nobody."""

import os
import signal
import subprocess
import sys
import threading

import msgspec

from controller.papers.wire import Extracted, Trouble

WITHIN_S = 30.0  # a person waits for it
AT_ONCE = 2  # each holds a thread of the web server
_LONGEST = 1 << 20  # bytes of an answer


class Busy(Exception):
    """Others are reading documents just now."""


class DocumentReader:
    """Runs `python -m controller.papers`.

    The kernel ends the child with the thread that made it (prctl(2), PR_SET_PDEATHSIG).
    """

    def __init__(self, within_s: float = WITHIN_S) -> None:
        self._within_s = within_s
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def read(self, content: bytes) -> Extracted:
        """The text of a document, or why there is none. Raises Busy."""
        if not self._free.acquire(timeout=self._within_s / 3):
            raise Busy
        try:
            return self._run(content)
        finally:
            self._free.release()

    def _run(self, content: bytes) -> Extracted:
        child = subprocess.Popen(
            ("setpriv", "--pdeathsig=KILL", "--", sys.executable, "-m", "controller.papers"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            answer, _ = child.communicate(content, timeout=self._within_s)
            return msgspec.json.decode(answer[:_LONGEST], type=Extracted)
        except subprocess.TimeoutExpired:
            return Extracted(trouble=Trouble.TOO_LONG)
        except msgspec.DecodeError:
            return Extracted(trouble=Trouble.UNREADABLE)
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.communicate()
