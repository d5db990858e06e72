"""File reader: a file of people's, read by a child, so that a hostile one harms nobody."""

import sys
import threading
from typing import Generic, TypeVar

import msgspec

from controller.child import answer_of

T = TypeVar("T", bound=msgspec.Struct)

WITHIN_S = 30.0  # a person waits for it
AT_ONCE = 2  # of one kind; each holds a thread of the web server


class FileReader(Generic[T]):
    """Runs `python -m module`, which ends with controller.child_side.answer."""

    def __init__(self, module: str, *, unreadable: T, too_long: T) -> None:
        self._command = (sys.executable, "-m", module)
        self._unreadable, self._too_long = unreadable, too_long
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def read(self, content: bytes, within_s: float = WITHIN_S) -> T:
        """What the child found; `too_long` when it took longer, `unreadable` when it died."""
        with self._free:
            try:
                answer = answer_of(self._command, content, within_s=within_s)
                return msgspec.json.decode(answer, type=type(self._unreadable))
            except TimeoutError:
                return self._too_long
            except msgspec.DecodeError:
                return self._unreadable
