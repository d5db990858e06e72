"""The parts that a rig has, and how each deed is done on them."""

import logging

from station_agent.hardware.deeds import (
    Broke,
    Deed,
    Did,
    Feed,
    Guard,
    Key,
    LookAround,
    Release,
    Saw,
    Switch,
    Wake,
)
from station_agent.hardware.errors import HardwareError
from station_agent.hardware.findings import Look
from station_agent.hardware.ports import Board, Exciter, Receivers
from station_agent.hardware.readings import BoardReading, ExciterReading

log = logging.getLogger(__name__)


class Parts:
    """What a kit says that there is; used from the rig's thread only."""

    def __init__(
        self,
        board: Board | None = None,
        exciter: Exciter | None = None,
        receivers: Receivers | None = None,
    ) -> None:
        self._board, self._exciter, self._receivers = board, exciter, receivers

    def do(self, deed: Deed) -> Did | Broke | Saw:
        """Do one deed; what comes of it."""
        if isinstance(deed, LookAround):
            return Saw(self._look())
        try:
            self._handle(deed)
        except HardwareError as error:
            log.debug("%s: %s", deed, error)
            return Broke(str(error))
        return Did(deed)

    def close(self) -> None:
        """Let all lines go."""
        for part in (self._receivers, self._exciter, self._board):
            if part is not None:
                part.close()

    def _handle(self, deed: Deed) -> None:
        board, exciter, receivers = self._board, self._exciter, self._receivers
        match deed:
            case Guard(watchdog_s=watchdog_s) if board:
                board.guard(watchdog_s)
            case Feed() if board:
                board.feed()
            case Switch(output=output, on=on) if board:
                board.switch(output, on)
            case Key(on=on) if exciter:
                exciter.carrier(on)
            case Wake(reach=reach) if receivers:
                receivers.wake(reach)
            case Release(reach=reach) if receivers:
                receivers.release(reach)
            case _:
                raise HardwareError(f"Cụm loa không có thiết bị cho việc {deed!r}")

    def _look(self) -> Look:
        """Each part by itself: one that is silent hides nothing of the others."""
        board: BoardReading | None = None
        exciter: ExciterReading | None = None
        board_silent = exciter_silent = ""
        try:
            board = self._board.read() if self._board else None
        except HardwareError as error:
            board_silent = str(error)
        try:
            exciter = self._exciter.read() if self._exciter else None
        except HardwareError as error:
            exciter_silent = str(error)
        return Look(
            board=board,
            exciter=exciter,
            board_silent=board_silent,
            exciter_silent=exciter_silent,
        )
