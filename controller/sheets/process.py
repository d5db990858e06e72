"""Process: a workbook read by a child, so that a hostile file harms nobody."""

import sys
import threading

import msgspec

from controller.child import answer_of
from controller.sheets.wire import Rows, Trouble

WITHIN_S = 30.0  # a person waits for it
AT_ONCE = 2  # each holds a thread of the web server
_COMMAND = (sys.executable, "-m", "controller.sheets")
_FREE = threading.BoundedSemaphore(AT_ONCE)


def read(content: bytes, within_s: float = WITHIN_S) -> Rows:
    """The rows of a workbook, or why there are none."""
    with _FREE:
        try:
            return msgspec.json.decode(answer_of(_COMMAND, content, within_s=within_s), type=Rows)
        except TimeoutError:
            return Rows(trouble=Trouble.TOO_LONG)
        except msgspec.DecodeError:
            return Rows(trouble=Trouble.UNREADABLE)
