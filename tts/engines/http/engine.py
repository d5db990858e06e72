"""A provider's voices; off unless the operator switches the provider on and has a key."""

import hashlib
import sys
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from tts.engines import online
from tts.engines.http import profile as profiles
from tts.engines.http.checks import problem_of
from tts.engines.http.profile import Profile, ProfileVoice
from tts.engines.piece import Piece
from tts.engines.worker import Worker
from tts.errors import EngineFailed
from tts.ports import Pace, VoiceInfo

# A job of at most a minute, its download of another, and what the server makes us wait.
TIMEOUT_S = 150.0
COMMAND = (sys.executable, "-m", "tts.engines.http")
UNREADABLE = ProfileVoice(id="?", label="hồ sơ hỏng")


class Http:
    """An external service: the text leaves this server. `file` is the provider's profile."""

    def __init__(
        self,
        file: Path,
        *,
        enabled: bool,
        command: tuple[str, ...] = COMMAND,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self.id = f"http-{file.stem}"
        self._file, self._enabled = file, enabled
        self._command, self._timeout_s = (*command, str(file)), timeout_s
        self._profile: Profile | None = None
        self._fault = ""
        try:
            self._profile = profiles.load(file)
        except (ValueError, OSError) as fault:
            self._fault = f"Hồ sơ {file.name} không dùng được: {fault}."
        name = self._profile.label if self._profile else file.stem
        self.label = f"Giọng trực tuyến {name} (dịch vụ bên ngoài)"

    def voices(self) -> tuple[str, ...]:
        """As ports.Engine; a profile that cannot be read has one voice, which says so."""
        return tuple(voice.id for voice in self._voices())

    def about(self, voice: str) -> VoiceInfo:
        """As ports.Engine."""
        (told,) = (known for known in self._voices() if known.id == voice)
        return VoiceInfo(
            engine=self.id,
            voice=voice,
            label=f"{self.label}, {told.label}",
            accent=told.accent,
            gender=told.gender,
            attribution=self._profile.attribution if self._profile else "",
            online=True,
            problem=self._problem(),
            fingerprint=hashlib.sha256(msgspec.json.encode(self._profile)).hexdigest(),
        )

    def awake(self, voice: str) -> AbstractContextManager[None]:  # noqa: ARG002 - the port's
        """As ports.Engine: it is."""
        return nullcontext()

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        """As ports.Engine: a request for each text, none longer than the provider takes."""
        pieces = [
            Piece(text, voice, pace, str(folder.absolute() / f"{number:04}.answer"))
            for number, text in enumerate(texts)
        ]
        longest = self._profile.longest if self._profile else 0
        if any(len(piece.text) > longest for piece in pieces):
            raise EngineFailed("Câu quá dài cho giọng trực tuyến.", engine=self.id, limit=longest)
        yield from online.read(
            pieces, lambda: Worker(self._command, self.id, self._timeout_s), self.id
        )

    def _voices(self) -> tuple[ProfileVoice, ...]:
        return self._profile.voices if self._profile else (UNREADABLE,)

    def _problem(self) -> str:
        if self._profile is None:
            return self._fault
        return problem_of(self._profile, self._file.name) if self._enabled else online.SWITCHED_OFF
