"""Process: a calendar file read by a child, so that a hostile one harms nobody."""

import sys
import threading

import msgspec

from controller.calendars.wire import Events
from controller.child import answer_of
from controller.sheets.wire import Trouble

WITHIN_S = 30.0  # a person waits for it
_COMMAND = (sys.executable, "-m", "controller.calendars")
_FREE = threading.BoundedSemaphore(2)  # each holds a thread of the web server


def read(content: bytes, within_s: float = WITHIN_S) -> Events:
    """The events of a file, or why there are none."""
    with _FREE:
        try:
            answer = answer_of(_COMMAND, content, within_s=within_s)
            return msgspec.json.decode(answer, type=Events)
        except TimeoutError:
            return Events(trouble=Trouble.TOO_LONG)
        except msgspec.DecodeError:
            return Events(trouble=Trouble.UNREADABLE)
