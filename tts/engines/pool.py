"""The pieces of one bulletin over several workers, answered in order."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tts.engines.piece import Piece
from tts.engines.worker import Worker

# A worker has its next piece at hand while the answer to this one is used.
AHEAD = 2


def read(
    pieces: Sequence[Piece], start: Callable[[], Worker], *, workers: int, life: int
) -> Generator[Path, None, None]:
    """Yield the files of `pieces` in order. A worker is replaced after `life` pieces.

    Raises EngineFailed, NoRoom; however it ends, no child is left.
    """
    with ExitStack() as lanes:
        running = [
            _Lane(pieces[first::workers], start, life) for first in range(min(workers, len(pieces)))
        ]
        for lane in running:
            lanes.callback(lane.close)
            lane.fill()
        for number, piece in enumerate(pieces):
            running[number % workers].answer()
            yield Path(piece.out)


class _Lane:
    """Every n-th piece, in order, by one worker after another."""

    def __init__(self, pieces: Sequence[Piece], start: Callable[[], Worker], life: int) -> None:
        self._todo, self._start, self._life = deque(pieces), start, life
        self._worker: Worker | None = None
        self._sent = self._answered = 0

    def fill(self) -> None:
        """Send what the worker may have at hand."""
        if self._worker is not None and self._answered == self._life:
            self.close()
        while self._todo and self._sent < min(self._life, self._answered + AHEAD):
            self._worker = self._worker or self._start()
            self._worker.send(self._todo.popleft())
            self._sent += 1

    def answer(self) -> None:
        """Wait for the oldest piece, and keep the worker busy."""
        assert self._worker is not None  # noqa: S101 - a lane is asked for what it sent
        self._worker.receive()
        self._answered += 1
        self.fill()

    def close(self) -> None:
        """End the worker; the next one begins anew."""
        if self._worker is not None:
            self._worker.close()
        self._worker, self._sent, self._answered = None, 0, 0
