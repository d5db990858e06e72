"""Asks the modem from time to time, beside the agent: a modem that hangs holds up nobody."""

import logging
import termios
import threading
import time
from contextlib import suppress

from serial import Serial

from contract.reports import Modem
from station_agent.modem.answers import QUESTIONS, read

log = logging.getLogger(__name__)

EVERY_S = 60.0  # signal changes with the weather, not with the second
ANSWER_S = 2.0  # most answer within 0.1 s; a network that is being searched for delays them
READ_S = 0.2
LONGEST = 2_000  # bytes of an answer; a chatty modem must not fill us

FAULTS = (OSError, termios.error)  # SerialException is an OSError
FINAL = (b"OK", b"ERROR", b"+CME ERROR", b"+CMS ERROR")


class ModemWatch:
    """A thread with the port; `told` is what it saw last."""

    def __init__(self, port: str) -> None:
        self._port = port
        self._told: Modem | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="modem", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; an answer that is awaited is left to itself."""
        self._stop.set()

    def told(self) -> Modem | None:
        """What was seen last; None before the first look."""
        return self._told

    def _run(self) -> None:
        while True:
            self._told = look(self._port)
            if self._stop.wait(EVERY_S):
                return


def look(port: str) -> Modem:
    """Ask everything once. A modem that is not there, or is mute, does not answer."""
    try:
        with Serial(port, 115_200, timeout=READ_S, write_timeout=ANSWER_S) as line:
            line.reset_input_buffer()
            if not _ask(line, "ATE0"):  # it answers, and does not repeat us from now on
                return Modem(answers=False)
            return read({question: _ask(line, question) for question in QUESTIONS})
    except FAULTS as error:
        log.warning("the modem on %s: %s", port, error)
        return Modem(answers=False)


def _ask(line: Serial, question: str) -> str:
    """The answer up to its final word; empty when none comes in time."""
    line.write(question.encode("ascii") + b"\r")
    answer, until_s = b"", time.monotonic() + ANSWER_S
    while time.monotonic() < until_s and len(answer) < LONGEST:
        with suppress(TypeError):  # pyserial, when the port is pulled while it reads
            answer += line.readline()
        if answer.rpartition(b"\r\n")[0].rpartition(b"\n")[2].strip().startswith(FINAL):
            return answer.decode("ascii", "replace")
    return ""
