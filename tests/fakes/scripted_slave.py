"""A Modbus slave on a pseudo terminal that answers as a test says: late, torn, twice, or not."""

import os
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[bytes], list[tuple[float, bytes]]]
"""From a request to pieces, each with the seconds before it."""


class ScriptedSlave:
    """`port` is what the master opens; `asked` are the requests that came."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[bytes] = []
        self._ended = False
        self._fd, self._inner = os.openpty()
        tty.setraw(self._inner)
        self.port = os.ttyname(self._inner)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End; the port stays until the thread has noticed."""
        self._ended = True
        os.write(self._inner, b"!")  # wakes the reader
        self._thread.join()
        os.close(self._inner)
        os.close(self._fd)

    def _serve(self) -> None:
        while request := os.read(self._fd, 256):
            if self._ended:
                return
            self.asked.append(request)
            for delay_s, piece in self._answer(request):
                time.sleep(delay_s)
                os.write(self._fd, piece)


@contextmanager
def scripted_slave(answer: Answer) -> Iterator[ScriptedSlave]:
    """Give a slave that answers by `answer`."""
    slave = ScriptedSlave(answer)
    try:
        yield slave
    finally:
        slave.close()
