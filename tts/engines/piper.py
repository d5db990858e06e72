"""Piper, the voice a station should have: local, neural; voices are put down by the operator.

It runs in children of its own: it is GPL-3, and holds a core and half a gigabyte while it reads.
"""

import importlib.util
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tts.engines import pool
from tts.engines.piece import Piece
from tts.engines.piper_voice import inspect, model
from tts.engines.worker import Worker
from tts.ports import Pace, VoiceInfo

# A breath of 25 s takes 2.1 s here, loading 0.5 s; ten times that for a small box that is busy.
TIMEOUT_S = 60.0
# Measured: 477 MB after 15 long breaths, and growing by steps; a new worker costs half a second.
LIFE = 60
COMMAND = (sys.executable, "-m", "tts.engines.piper_worker")
NOT_INSTALLED = (
    "Máy chủ chưa cài Piper. Hãy báo kỹ thuật cài thêm: pip install truyen-thanh[piper]."
)


class Piper:
    """Voices from `voices_dir`, read by `workers` processes of one thread each."""

    id = "piper"
    label = "Giọng máy học Piper"

    def __init__(
        self,
        voices_dir: Path,
        workers: int = 1,
        *,
        command: tuple[str, ...] = COMMAND,
        timeout_s: float = TIMEOUT_S,
        life: int = LIFE,
    ) -> None:
        self._voices_dir, self._workers = voices_dir.absolute(), workers
        self._command, self._timeout_s, self._life = command, timeout_s, life
        self._awake: dict[str, Worker] = {}

    def voices(self) -> tuple[str, ...]:
        """As ports.Engine: every folder, also one that is no voice, so that people are told."""
        if not self._voices_dir.is_dir():
            return ()
        return tuple(
            sorted(
                folder.name
                for folder in self._voices_dir.iterdir()
                if folder.is_dir() and not folder.name.startswith(".")
            )
        )

    def about(self, voice: str) -> VoiceInfo:
        """As ports.Engine."""
        info = inspect(self._voices_dir / voice, self.id)
        if info.problem or importlib.util.find_spec("piper"):
            return info
        return msgspec.structs.replace(info, problem=NOT_INSTALLED)

    @contextmanager
    def awake(self, voice: str) -> Iterator[None]:
        """As ports.Engine: a worker loads the model, half a second or more."""
        self._awake[voice] = self._begun(voice)
        try:
            yield
        finally:
            if unused := self._awake.pop(voice, None):
                unused.close()

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        """As ports.Engine."""
        pieces = [
            Piece(text, voice, pace, str(folder.absolute() / f"{number:04}.wav"))
            for number, text in enumerate(texts)
        ]
        return pool.read(
            pieces,
            lambda: self._awake.pop(voice, None) or self._begun(voice),
            workers=self._workers,
            life=self._life,
        )

    def _begun(self, voice: str) -> Worker:
        command = (*self._command, str(model(self._voices_dir / voice)))
        return Worker(command, self.id, self._timeout_s)
