"""What a voice must offer to read a bulletin."""

from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol

import msgspec

Pace = Literal["slow", "normal", "fast"]


class VoiceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One way an engine can sound, as people choose it. Texts are Vietnamese.

    `online`: the text leaves this server. `fallback`: robotic, for want of a better one.
    `problem`: why it cannot be used, "" if it can. `fingerprint` changes when the voice sounds
    otherwise, so that a kept recording is not taken for a new one.
    """

    engine: str
    voice: str
    label: str
    accent: str = ""
    gender: str = ""
    licence: str = ""
    attribution: str = ""
    online: bool = False
    fallback: bool = False
    problem: str = ""
    fingerprint: str = ""


class Engine(Protocol):
    """Turns spoken text (already normalised) into sound. One implementation a technology."""

    id: str
    label: str

    def voices(self) -> tuple[str, ...]:
        """The ids of its voices, usable or not, the ordinary one first."""

    def about(self, voice: str) -> VoiceInfo:
        """Look at one of `voices()`, as closely as reading with it needs."""

    def awake(self, voice: str) -> AbstractContextManager[None]:
        """Begin what takes long before the first text; leaving ends what is not used by then."""

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        """Read each text (at least a letter in it) into a WAV of its own in `folder`, in order.

        `folder` is for this reading alone. A WAV is mono, 16-bit, whole or not there, and comes
        in bounded time; all of one voice have one sample rate. Closing the generator
        early ends every child process.

        Raises EngineFailed. MUST NOT fall back to another engine or another voice: who reads a
        notice is chosen by an officer, never by a fault.
        """
