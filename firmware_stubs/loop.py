"""The board's one loop: listen, look around, obey, and feed the chip's watchdog."""

from firmware_stubs import registers as r
from firmware_stubs.board import Board
from firmware_stubs.framing import Framing
from firmware_stubs.slave import Slave

TYPE_CHECKING = False
if TYPE_CHECKING:
    from firmware_stubs.hal import Hal

IDLE_WAIT_MS = 20  # how late the interlock is seen at worst: a relay needs as long to fall
FRAME_WAIT_MS = 2  # the silence that ends a frame, in whole milliseconds


class Loop:
    """One board on one line."""

    def __init__(self, hal: "Hal", baud: int = r.BAUD) -> None:
        self._hal = hal
        self._board = Board(hal.now_us() // 1000, hal.reset_cause())
        self._slave = Slave(self._board)
        self._framing = Framing(baud)
        self._drive()

    def turn(self) -> None:
        """Go round once; takes at most IDLE_WAIT_MS and what the sensors need."""
        data = self._hal.receive(FRAME_WAIT_MS if self._framing.pending() else IDLE_WAIT_MS)
        now_us = self._hal.now_us()
        if data:
            self._framing.feed(now_us, data)
        self._board.tick(now_us // 1000, self._hal.sense())
        self._drive()
        frame = self._framing.take(now_us)
        if frame:
            self._serve(frame)
        self._hal.alive()

    def _serve(self, frame: bytes) -> None:
        answer = self._slave.answer(frame)
        self._drive()  # before the answer: who has it may read back at once
        if answer:
            self._hal.send(answer)

    def _drive(self) -> None:
        self._board.pads = self._hal.drive(self._board)
