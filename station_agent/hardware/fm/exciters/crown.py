"""Transmitters with the names of Crown Broadcast FME (`TX.PFWD` -> `300`); its manual, §6.2.4."""

import re
from collections.abc import Callable
from functools import partial

from station_agent.hardware.fm.exciters.conversation import PATIENCE_S, Conversation
from station_agent.hardware.fm.line import Line
from station_agent.hardware.readings import ExciterReading

NUMBER = re.compile(r"\d{1,4}(\.\d{1,3})?")
SWITCH, CONTACT = re.compile(r"ON|OFF"), re.compile(r"OPEN|CLOSE")
FAULT, PRESENT = re.compile(r"FAULT|OK"), re.compile(r"PRES|NOT PRES")


class CrownExciter:
    """See the port Exciter. `TX.OPMODE` is the only name that is ever written."""

    def __init__(self, line: Line, patience_s: float = PATIENCE_S) -> None:
        self._line, self._patience_s = line, patience_s

    def carrier(self, on: bool) -> None:
        """See the port."""
        Conversation(self._line, self._patience_s).tell(f"TX.OPMODE={'ON' if on else 'OFF'}")

    def read(self) -> ExciterReading:
        """See the port."""
        said = Conversation(self._line, self._patience_s)
        ask = partial(_ask, said)
        fault = ask("TX.FAULT", FAULT) == "FAULT"
        return ExciterReading(
            carrier=ask("TX.OPMODE", SWITCH) == "ON",
            locked=not fault and ask("TX.RFPRESENT", PRESENT) == "PRES",
            forward_w=float(ask("TX.PFWD", NUMBER)),
            reflected_w=float(ask("TX.PREF", NUMBER)),
            frequency_khz=round(float(ask("TX.FREQ", NUMBER)) * 1000),
            alarms=_alarms(ask, fault=fault),
        )

    def close(self) -> None:
        """See the port."""
        self._line.close()


def _alarms(ask: Callable[[str, re.Pattern[str]], str], *, fault: bool) -> tuple[str, ...]:
    said = {
        "lỗi máy phát": fault,
        "khóa liên động đang mở": ask("TX.INTERLOCK", CONTACT) == "OPEN",
        "sóng dội về quá lớn": ask("TX.ALARM.VSWR", SWITCH) == "ON",
    }
    return tuple(words for words, true in said.items() if true)


def _ask(said: Conversation, name: str, kind: re.Pattern[str]) -> str:
    return said.ask(name, partial(_value, name, kind))


def _value(name: str, kind: re.Pattern[str], line: str) -> str | None:
    """The value alone, or with its name; an echo of the question is passed over."""
    value = line.removeprefix(f"{name}=").strip()
    return value if kind.fullmatch(value) else None
