"""What a board must give the loop; one file for each board, the only ones that touch its chips."""

from firmware_stubs.board import Board, Senses

TYPE_CHECKING = False
if TYPE_CHECKING:  # MicroPython has no typing; annotations are not looked up there
    from typing import Protocol

    class Hal(Protocol):
        """The outputs are safe before the constructor returns."""

        def reset_cause(self) -> int:
            """Return why the board has started, as in the register map."""

        def now_us(self) -> int:
            """Return microseconds since some beginning; never back, never round again."""

        def receive(self, wait_ms: int) -> bytes:
            """Return what has come over the line, at latest after `wait_ms`; may be nothing."""

        def send(self, frame: bytes) -> None:
            """Put an answer on the line and listen again."""

        def sense(self) -> Senses:
            """Look around."""

        def drive(self, board: Board) -> list[int]:
            """Set the outputs as the board wants them; return what the outputs are seen to be."""

        def alive(self) -> None:
            """Feed the chip's own watchdog: called once in each turn of the loop."""
