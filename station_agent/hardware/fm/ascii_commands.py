"""The ASCII commands of simple encoders (`PI=7123`, `G=…`), each answered by `+`, `-`, `!` or `/`.

From the public manuals of FMUSER RDS-C and Audemat FMB10.
"""

from collections.abc import Sequence
from datetime import datetime

from station_agent.hardware.fm.dialect import Answer
from station_agent.hardware.fm.groups import Group
from station_agent.hardware.fm.programme import Programme

_VERDICTS = {b"+": Answer.DONE, b"/": Answer.DONE, b"-": Answer.REFUSED, b"!": Answer.REFUSED}


class AsciiCommands:
    """See Dialect."""

    answers = True

    def statements(self, programme: Programme) -> dict[str, bytes]:
        """See Dialect."""
        said = {
            "PI": f"{programme.pi:04X}",
            "PS": programme.ps,
            "PTY": str(programme.pty),
            "TP": str(int(programme.tp)),
            "TA": str(int(programme.ta)),
            "MS": str(int(programme.ms)),
            "DI": str(programme.di),
            "RT1": programme.text,
        }
        return {name: f"{name}={value}".encode("ascii") for name, value in said.items()}

    def clock(self, _now: datetime | None) -> list[bytes]:
        """See Dialect. These encoders keep a clock of their own, which is left alone."""
        return []

    def code(
        self, groups: Sequence[Group], programme: Programme, _application: int | None
    ) -> list[bytes]:
        """See Dialect. Such an encoder sends block 2 as it is given, traffic and type included."""
        second = [group.block2(tp=programme.tp, pty=programme.pty) for group in groups]
        return [
            f"G={two:04X}{group.block3:04X}{group.block4:04X}".encode("ascii")
            for two, group in zip(second, groups, strict=True)
        ]

    def framed(self, sentence: bytes, _counter: int) -> bytes:
        """See Dialect."""
        return sentence + b"\r"

    def answer(self, heard: bytes, _counter: int) -> Answer:
        """See Dialect. The command may come back as an echo before its answer."""
        lines = (line.strip() for line in heard.splitlines())
        verdicts = [_VERDICTS[line] for line in lines if line in _VERDICTS]
        return verdicts[-1] if verdicts else Answer.OPEN

    def question(self) -> bytes | None:
        """See Dialect."""
        return None

    def answered_pi(self, _heard: bytes) -> int | None:
        """See Dialect."""
        return None
