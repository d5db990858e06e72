"""Coded receivers that RDS opens: with our own code, with a bought one's, or none at all."""

import logging
import time
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from station_agent.hardware.errors import HardwareError
from station_agent.hardware.fm.coded.counter import Counter
from station_agent.hardware.fm.coded.oda import EVERYWHERE, GROUP_11A, Op, Wake
from station_agent.hardware.fm.coded.template import Template
from station_agent.hardware.fm.encoder import Encoder
from station_agent.hardware.fm.groups import Group, announcement
from station_agent.hardware.fm.programme import ALARM, Programme
from station_agent.hardware.ports import Reach

log = logging.getLogger(__name__)

KEEP_ALIVE_S = 10.0  # receivers close after 30 s: two may be lost in noise (firmware receiver.py)
SAME_S = 5.0
"""A code repeated within this time is the same message: receivers fill the gaps of one with the
other. It is less than KEEP_ALIVE_S, which needs a fresh counter."""


def _said(programme: Programme, reach: Reach) -> Programme:
    """An emergency switches car radios over and shows "Alarm!"."""
    if reach is not Reach.ALL:
        return programme
    return replace(programme, pty=ALARM, tp=True, ta=True)


class Announced:
    """No receivers that RDS opens: the encoder is kept to what it says. See the port Receivers.

    An encoder that fails is told in the log, and holds no sound back: nobody needs it to hear.
    """

    keep_alive_s = KEEP_ALIVE_S

    def __init__(self, encoder: Encoder, programme: Programme) -> None:
        self._encoder, self._programme = encoder, programme

    def wake(self, reach: Reach) -> None:
        """See the port."""
        self._keep(_said(self._programme, reach))

    def release(self, reach: Reach) -> None:  # noqa: ARG002  it closes nothing
        """See the port."""
        self._keep(self._programme)

    def _keep(self, programme: Programme) -> None:
        try:
            self._encoder.keep(programme)
        except HardwareError as error:
            log.warning("the RDS encoder: %s", error)

    def close(self) -> None:
        """See the port."""
        self._encoder.close()


class Commune(Struct, frozen=True, kw_only=True):
    """Whom our code opens: the number of the area, the key of its receivers, the application."""

    area: int
    key: bytes
    aid: int


class Authenticated:
    """Receivers that obey our code only. See the port Receivers."""

    keep_alive_s = KEEP_ALIVE_S

    def __init__(
        self,
        encoder: Encoder,
        programme: Programme,
        commune: Commune,
        counter: Counter,
        mono_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._encoder, self._programme = encoder, programme
        self._commune, self._counter, self._mono_s = commune, counter, mono_s
        self._last: Wake | None = None
        self._last_s = 0.0

    def wake(self, reach: Reach) -> None:
        """See the port."""
        self._send(Op.OPEN, reach)

    def release(self, reach: Reach) -> None:
        """See the port."""
        self._send(Op.CLOSE, reach)

    def close(self) -> None:
        """See the port."""
        self._encoder.close()

    def _send(self, op: Op, reach: Reach) -> None:
        programme = _said(self._programme, reach) if op is Op.OPEN else self._programme
        self._encoder.keep(programme)
        area = EVERYWHERE if reach is Reach.ALL else self._commune.area
        wake, first = self._message(op, area)
        groups = wake.groups(self._commune.key)
        if first:
            groups.insert(0, announcement(self._commune.aid, GROUP_11A))
        self._encoder.send(groups, programme, self._commune.aid)

    def _message(self, op: Op, area: int) -> tuple[Wake, bool]:
        """Return the message, and whether it is a new one."""
        last, now_s = self._last, self._mono_s()
        if last and (last.op, last.area) == (op, area) and now_s < self._last_s + SAME_S:
            return last, False
        self._last, self._last_s = Wake(op, area, self._counter.next()), now_s
        return self._last, True


class Templated:
    """Bought receivers that a template describes; whoever has heard their code can repeat it."""

    def __init__(self, encoder: Encoder, programme: Programme, template: Template) -> None:
        self._encoder, self._programme, self._template = encoder, programme, template
        self.keep_alive_s = template.keep_alive_s

    def wake(self, reach: Reach) -> None:
        """See the port."""
        self._send(self._template.open_groups(reach), _said(self._programme, reach))

    def release(self, reach: Reach) -> None:
        """See the port."""
        self._send(self._template.close_groups(reach), self._programme)

    def close(self) -> None:
        """See the port."""
        self._encoder.close()

    def _send(self, groups: Sequence[Group], programme: Programme) -> None:
        self._encoder.keep(programme)
        self._encoder.send(groups, programme)
