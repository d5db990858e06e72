"""gTTS, an unofficial online voice; off unless the operator switches it on."""

import sys
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tts.engines import online
from tts.engines.piece import Piece
from tts.engines.worker import Worker
from tts.errors import EngineFailed
from tts.ports import Pace, VoiceInfo

# A breath is ≤ 300 characters, that is about 4 requests; more is not a breath.
MAX_CHARACTERS = 1_000
# Ten requests, each usually within a second.
TIMEOUT_S = 90.0
COMMAND = (sys.executable, "-m", "tts.engines.gtts_worker")


class Gtts:
    """An external service: the text leaves the country."""

    id = "gtts"
    label = "Giọng trực tuyến gTTS (dịch vụ bên ngoài)"

    def __init__(
        self,
        *,
        enabled: bool = False,
        command: tuple[str, ...] = COMMAND,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._enabled, self._command, self._timeout_s = enabled, command, timeout_s

    def voices(self) -> tuple[str, ...]:
        """As ports.Engine."""
        return ("vi",)

    def about(self, voice: str) -> VoiceInfo:
        """As ports.Engine."""
        return VoiceInfo(
            engine=self.id,
            voice=voice,
            label=f"{self.label}, giọng nữ",
            gender="nữ",
            online=True,
            problem="" if self._enabled else online.SWITCHED_OFF,
        )

    def awake(self, voice: str) -> AbstractContextManager[None]:  # noqa: ARG002 - the port's
        """As ports.Engine: it is."""
        return nullcontext()

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        """As ports.Engine. It knows two paces."""
        pieces = [
            Piece(text, voice, pace, str(folder.absolute() / f"{number:04}.mp3"))
            for number, text in enumerate(texts)
        ]
        if any(len(piece.text) > MAX_CHARACTERS for piece in pieces):
            raise EngineFailed("Câu quá dài cho giọng trực tuyến.", engine=self.id)
        yield from online.read(
            pieces, lambda: Worker(self._command, self.id, self._timeout_s), self.id
        )
