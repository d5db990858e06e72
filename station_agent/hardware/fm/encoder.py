"""An RDS encoder on a serial line: told the programme, kept to it, and made to send codes."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from station_agent.hardware.errors import NoAnswer, Refused
from station_agent.hardware.fm.dialect import Answer, Dialect
from station_agent.hardware.fm.groups import GROUPS_PER_S, Group
from station_agent.hardware.fm.line import Line
from station_agent.hardware.fm.programme import Programme

Found = TypeVar("Found")

PACE_S = 2 / GROUPS_PER_S
"""Between two free groups: one of the encoder's own goes between, so that names and flags go on,
and a queue of four groups (hardware.md §3.4) never overflows."""

PATIENCE_S = 0.2  # encoders answer within two group times; our frames take 80 ms at most
LOST_LIMIT = 2  # answers lost in one `keep` or `send`: with more it would take too long (ports.py)
REFRESH_S = 60.0  # so long at most one that was without power says what it says by itself


class Encoder:
    """One encoder. It is told everything anew when it may have been without power: its line was
    opened again, it holds another PI than ours, or, if it cannot be asked, after REFRESH_S.

    Raises NoAnswer when it is silent or its line is lost, Refused when it says no.
    """

    def __init__(
        self,
        line: Line,
        dialect: Dialect,
        now: Callable[[], datetime | None],
        *,
        patience_s: float = PATIENCE_S,
        mono_s: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._line, self._dialect, self._now = line, dialect, now
        self._patience_s, self._mono_s, self._rest = patience_s, mono_s, rest
        self._told: dict[str, bytes] = {}
        self._told_at_s = 0.0
        self._openings = 0
        self._counter = 0
        self._lost = 0

    def keep(self, programme: Programme) -> None:
        """Have it say `programme`: only what it may not know is said again."""
        self._lost = 0
        self._line.open()
        if self._may_have_forgotten(programme.pi):
            self._told, self._openings = {}, self._line.openings
            self._told_at_s = self._mono_s()
        for name, sentence in self._dialect.statements(programme).items():
            if self._told.get(name) != sentence:
                self._say(sentence)
                self._told[name] = sentence
        if "clock" not in self._told:
            for sentence in self._dialect.clock(self._now()):
                self._say(sentence)
            self._told["clock"] = b""

    def send(
        self, groups: Sequence[Group], programme: Programme, application: int | None = None
    ) -> None:
        """Put groups on the air, once each; returns when the last one is out."""
        self._lost = 0
        for sentence in self._dialect.code(groups, programme, application):
            begun_s = self._mono_s()
            self._say(sentence)
            self._rest(max(0.0, begun_s + PACE_S - self._mono_s()))

    def close(self) -> None:
        """Let the line go; never raises."""
        self._line.close()

    def _may_have_forgotten(self, pi: int) -> bool:
        if not self._told or self._openings != self._line.openings:
            return True
        question = self._dialect.question()
        if question is None:
            return self._mono_s() >= self._told_at_s + REFRESH_S
        self._put(question)
        return self._until(self._dialect.answered_pi) != pi

    def _say(self, sentence: bytes) -> None:
        while True:
            counter = self._put(sentence)
            if not self._dialect.answers:
                return
            verdict = self._until(partial(self._verdict, counter))
            if verdict is Answer.DONE:
                return
            if verdict is Answer.REFUSED:
                raise Refused(f"bộ mã hoá RDS từ chối lệnh {sentence[:1].hex().upper()}")
            self._lost += 1
            if self._lost >= LOST_LIMIT:
                raise NoAnswer("bộ mã hoá RDS không trả lời")

    def _put(self, sentence: bytes) -> int:
        self._counter = self._counter % 255 + 1
        self._line.write(self._dialect.framed(sentence, self._counter))
        return self._counter

    def _verdict(self, counter: int, heard: bytes) -> Answer | None:
        verdict = self._dialect.answer(heard, counter)
        return None if verdict is Answer.OPEN else verdict

    def _until(self, found: Callable[[bytes], Found | None]) -> Found | None:
        heard, end_s = b"", self._mono_s() + self._patience_s
        while (left_s := end_s - self._mono_s()) > 0:
            heard += self._line.read(left_s)
            answer = found(heard)
            if answer is not None:
                return answer
        return None
