"""What a voice must offer to read a bulletin."""

from pathlib import Path
from typing import NamedTuple, Protocol


class Voice(NamedTuple):
    """One way an engine can sound. `label` is Vietnamese, for people."""

    id: str
    label: str


class Engine(Protocol):
    """Turns spoken text (already normalised) into sound. One implementation a technology."""

    id: str
    label: str
    voices: tuple[Voice, ...]

    def synthesize(self, text: str, voice: str, out: Path) -> None:
        """Write `text` to `out` as a mono 16-bit WAV, whole or not at all, in bounded time.

        Raises EngineFailed. MUST NOT fall back to another engine or another voice: who reads a
        notice is chosen by an officer, never by a fault.
        """
