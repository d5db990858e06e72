"""Process: a document read by a child, so that a hostile file harms nobody."""

import sys
import threading

import msgspec

from controller.child import answer_of
from controller.papers.wire import Extracted, Trouble

WITHIN_S = 30.0  # a person waits for it
AT_ONCE = 2  # each holds a thread of the web server
_LONGEST = 1 << 20  # bytes of an answer


class Busy(Exception):
    """Others are reading documents just now."""


class DocumentReader:
    """Runs `python -m controller.papers`."""

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
        command = (sys.executable, "-m", "controller.papers")
        try:
            answer = answer_of(command, content, within_s=self._within_s)
            return msgspec.json.decode(answer[:_LONGEST], type=Extracted)
        except TimeoutError:
            return Extracted(trouble=Trouble.TOO_LONG)
        except msgspec.DecodeError:
            return Extracted(trouble=Trouble.UNREADABLE)
