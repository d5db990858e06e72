"""A SIM modem on a pseudo-terminal; `answers` is what it says, and tests change it."""

import os
import threading
import tty

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
        self._ended = False
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.port = os.ttyname(self._theirs)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Pull it out, once nobody reads it: the next modem may be given the same descriptors."""
        self._ended = True
        os.write(self._theirs, b"!")  # wakes the reader
        self._thread.join()
        os.close(self._theirs)
        os.close(self._ours)

    def _serve(self) -> None:
        held = b""
        while not self._ended:
            held += os.read(self._ours, 256)
            while b"\r" in held:
                word, _, held = held.partition(b"\r")
                self._hear(word.decode("ascii").strip())

    def _hear(self, word: str) -> None:
        self.asked.append(word)
        if word in self.answers:
            os.write(self._ours, f"\r\n{self.answers[word]}\r\n".encode())
