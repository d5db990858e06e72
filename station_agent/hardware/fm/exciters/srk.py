"""Amplifiers with the queries of SRK FMA300 (`FP?` -> `300W`); its public manual, §4.11.

They can be watched, and not switched: the board gives them their power.
"""

import re

from station_agent.hardware.fm.exciters.conversation import PATIENCE_S, Conversation
from station_agent.hardware.fm.line import Line
from station_agent.hardware.readings import ExciterReading

CARRIER_W = 1  # what it shows without a carrier is less: it counts in whole watts
_WATTS = re.compile(r"(\d{1,3})W")


class SrkExciter:
    """See the port Exciter."""

    def __init__(self, line: Line, patience_s: float = PATIENCE_S) -> None:
        self._line, self._patience_s = line, patience_s

    def carrier(self, on: bool) -> None:
        """See the port. There is no command for it: what the board does is seen by `read`."""

    def read(self) -> ExciterReading:
        """See the port."""
        said = Conversation(self._line, self._patience_s)
        forward_w, reflected_w = (int(said.ask(name, _watts)) for name in ("FP?", "RP?"))
        on = forward_w >= CARRIER_W
        return ExciterReading(carrier=on, locked=on, forward_w=forward_w, reflected_w=reflected_w)

    def close(self) -> None:
        """See the port."""
        self._line.close()


def _watts(line: str) -> str | None:
    found = _WATTS.fullmatch(line)
    return found[1] if found else None
