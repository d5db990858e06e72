"""A child process that reads pieces for us; one that hangs or dies is an engine that failed."""

import select
import subprocess
import tempfile
from pathlib import Path

import msgspec

from tts.engines.piece import Done, Piece
from tts.errors import EngineFailed, NoRoom

ERRORS = {error.code: error for error in (EngineFailed, NoRoom)}
ROOT = Path(__file__).resolve().parents[2]  # where `tts` lies, installed or not
LAST_WORDS = 400  # bytes of a dead child's standard error: the end of a traceback


class Worker:
    """Pieces are read in the order they are sent; each is answered in `within_s` or not at all.

    A child ends with its parent: its standard input ends.
    """

    def __init__(self, command: tuple[str, ...], engine: str, within_s: float) -> None:
        self._engine, self._within_s = engine, within_s
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            bufsize=0,  # nothing may wait in a buffer that select does not see
            cwd=ROOT,
        )

    def send(self, piece: Piece) -> None:
        """Ask for a piece; the answer is awaited by `receive`, where a dead child is told."""
        assert self._child.stdin is not None  # noqa: S101 - a pipe, see above
        try:
            self._child.stdin.write(msgspec.json.encode(piece) + b"\n")
        except BrokenPipeError:
            return

    def receive(self) -> None:
        """Wait for the oldest piece sent. Raises EngineFailed, NoRoom."""
        assert self._child.stdout is not None  # noqa: S101 - same
        if not select.select([self._child.stdout], [], [], self._within_s)[0]:
            message = f"Giọng đọc không trả lời trong {self._within_s:.0f} giây."
            raise EngineFailed(message, engine=self._engine, timeout_s=self._within_s)
        try:
            done = msgspec.json.decode(self._child.stdout.readline(), type=Done)
        except msgspec.DecodeError:
            message = "Giọng đọc dừng đột ngột."
            raise EngineFailed(message, engine=self._engine, detail=self._last_words()) from None
        if done.code:
            facts = {"engine": self._engine, **done.facts}
            raise ERRORS.get(done.code, EngineFailed)(done.message, **facts)

    def close(self) -> None:
        """End the child, whatever it does."""
        self._child.kill()
        self._child.communicate()
        self._said.close()

    def _last_words(self) -> str:
        self._child.kill()
        self._child.wait()
        length = self._said.seek(0, 2)
        self._said.seek(max(0, length - LAST_WORDS))
        return self._said.read().decode(errors="replace").strip()
