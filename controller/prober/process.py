"""A Prober that runs `python -m controller.prober`: what a stranger's server sends stays there."""

import sys
import threading
from collections.abc import Collection

import msgspec

from controller.child import answer_of
from controller.ports import Checked
from controller.prober.wire import Try

WITHIN_S = 20.0
"""To look up, connect, and hear some seconds; a person waits for it."""

AT_ONCE = 2  # each holds a thread of the web server
LONGEST = 4_096  # bytes of an answer: one sentence

BUSY = Checked(works=False, told="Đang kiểm tra các nguồn khác: hãy thử lại sau ít giây.")
SLOW = Checked(works=False, told=f"Quá {WITHIN_S:.0f} giây mà chưa nghe được gì.")
DEAD = Checked(works=False, told="Luồng này làm bộ phận kiểm tra dừng đột ngột: không nên dùng.")


class ProcessProber:
    """Tries addresses, the private ones only when they are named."""

    def __init__(self, private: Collection[str], within_s: float = WITHIN_S) -> None:
        self._private, self._within_s = tuple(private), within_s
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def check(self, address: str) -> Checked:
        """Connect and listen for some seconds."""
        if not self._free.acquire(blocking=False):
            return BUSY
        try:
            return self._run(Try(address=address, private=self._private))
        finally:
            self._free.release()

    def _run(self, wanted: Try) -> Checked:
        command = (sys.executable, "-m", "controller.prober")
        try:
            answer = answer_of(command, msgspec.json.encode(wanted), within_s=self._within_s)
            return msgspec.json.decode(answer[:LONGEST], type=Checked)
        except TimeoutError:
            return SLOW
        except msgspec.DecodeError:
            return DEAD
