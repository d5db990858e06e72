"""Questions of one line and answers of one line, with a transmitter that may be deaf."""

import time
from collections.abc import Callable

from station_agent.hardware.errors import NoAnswer
from station_agent.hardware.fm.line import Line

PATIENCE_S = 0.3  # a slow front panel answers in 0.1 s
QUIET_S = 0.1  # so long after its last byte an answer is over
BABBLE = 10  # pieces of an answer; what never falls quiet is no answer
LOST_LIMIT = 2  # answers lost in one conversation: with more it would take too long (ports.py)


class Conversation:
    """One call's questions. Raises NoAnswer when too much got lost."""

    def __init__(self, line: Line, patience_s: float) -> None:
        self._line, self._patience_s = line, patience_s
        self._lost = 0

    def ask(self, question: str, answer: Callable[[str], str | None]) -> str:
        """Return what `answer` finds in the lines that came back; garbage is asked again."""
        while self._lost < LOST_LIMIT:
            self._line.write(question.encode("ascii") + b"\r")
            found = self._listen(answer)
            if found is not None:
                return found
            self._lost += 1
        raise NoAnswer("máy phát FM không trả lời, hoặc trả lời không hiểu được")

    def tell(self, command: str) -> None:
        """Say something, and let pass what comes back: the next answer must not be taken for it."""
        self._line.write(command.encode("ascii") + b"\r")
        for _ in range(BABBLE):
            if not self._line.read(QUIET_S):
                return

    def _listen(self, answer: Callable[[str], str | None]) -> str | None:
        heard, end_s = b"", time.monotonic() + self._patience_s
        while (left_s := end_s - time.monotonic()) > 0:
            heard += self._line.read(left_s)
            whole = heard.replace(b"\r", b"\n").rpartition(b"\n")[0]
            for line in whole.decode("ascii", "replace").split("\n"):
                found = answer(line.strip(" >"))
                if found is not None:
                    return found
        return None
