"""A SIM modem on a pseudo-terminal; `answers` is what it says, and tests change it."""

import os
import pty
import threading
import tty
from contextlib import suppress

GOOD = {
    "ATE0": "OK",
    "AT+CPIN?": "+CPIN: READY\r\n\r\nOK",
    "AT+CREG?": "+CREG: 0,0\r\n\r\nOK",
    "AT+CEREG?": "+CEREG: 0,1\r\n\r\nOK",
    "AT+COPS?": '+COPS: 0,0,"Viettel",7\r\n\r\nOK',
    "AT+CSQ": "+CSQ: 14,99\r\n\r\nOK",
}


class FakeModem:
    """`asked` is every command that came; a command without an answer meets silence."""

    def __init__(self, answers: dict[str, str] | None = None) -> None:
        self.answers = dict(GOOD if answers is None else answers)
        self.asked: list[str] = []
        self._ours, theirs = pty.openpty()
        tty.setraw(theirs)
        self.port = os.ttyname(theirs)
        self._theirs = theirs
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Pull it out."""
        for end in (self._theirs, self._ours):
            with suppress(OSError):
                os.close(end)

    def _serve(self) -> None:
        held = b""
        with suppress(OSError):
            while True:
                held += os.read(self._ours, 256)
                while b"\r" in held:
                    word, _, held = held.partition(b"\r")
                    self._hear(word.decode("ascii").strip())

    def _hear(self, word: str) -> None:
        self.asked.append(word)
        if word in self.answers:
            os.write(self._ours, f"\r\n{self.answers[word]}\r\n".encode())
