"""What the use cases need from outside; adapters in keys/, media/, voice/ and hub/ give it."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from msgspec import Struct

from contract.messages import Envelope, Signed
from tts.craft import Craft, RecordedPart
from tts.normalise.lexicon import Entry
from tts.recording import Waveform
from tts.wire import Before


class Signer(Protocol):
    """Holds the keys of the roles."""

    def sign(self, payload: Signed) -> Envelope:
        """Sign with as many keys as the payload's role asks for (contract.trust.ROLE_OF)."""


class Media(Protocol):
    """Keeps sounds, each under its sha256; what is kept never changes."""

    def keep_original(self, file: BinaryIO) -> str:
        """Keep an uploaded file as it came, on disk before this returns; gives its sha256."""

    def original(self, sha256: str) -> Path:
        """Where an original lies. Raises FileNotFoundError."""

    def recording(self, sha256: str) -> Path:
        """Where a recording lies. Raises FileNotFoundError."""

    def progress(self, bulletin_id: str) -> Path:
        """Where a Voice tells how far the recording of a bulletin is; there may be no file."""


class Speech(Struct, frozen=True, kw_only=True):
    """What is to be read aloud, and how.

    `voice` is written `engine` or `engine:voice`, "" is the server's default voice; `lexicon`
    outranks the standard one.
    """

    text: str
    voice: str = ""
    craft: Craft = Craft()
    lexicon: tuple[Entry, ...] = ()
    recorded: tuple[RecordedPart, ...] = ()


class Checked(Struct, frozen=True):
    """What came of trying a source of relays; `told` is a sentence for people."""

    works: bool
    told: str


class Voiced(Struct, frozen=True, kw_only=True):
    """A recording that was made, with what was measured on it.

    `reading` (of a text) has `spoken`, `unknown` ([{span, token}]) and `map`; `before` is what
    an upload was like when it came, `warnings` are Vietnamese sentences about it.
    """

    sha256: str
    size: int
    samples: int  # at 48 kHz
    format: str
    loudness_lufs: float | None
    true_peak_dbtp: float
    waveform: Waveform = ()
    before: Before | None = None
    reading: dict[str, Any] | None = None
    warnings: tuple[str, ...] = ()


class Voice(Protocol):
    """Makes recordings, and puts them where Media finds them."""

    def speak(self, speech: Speech, progress: Path) -> Voiced:
        """Read a text aloud; meanwhile `progress` holds `done/total` of its sentences.

        Raises VoiceRefused; never takes another voice in silence.
        """

    def take(self, original: Path) -> Voiced:
        """Make a recording of an uploaded file. Raises VoiceRefused."""


class Prober(Protocol):
    """Tries sources of relays."""

    def check(self, address: str) -> Checked:
        """Connect and listen for some seconds; answers within half a minute, whatever comes."""


class Hub(Protocol):
    """The way to the broker. What it hears it puts on the queue of its owner (hub.events)."""

    def start(self) -> None:
        """Connect, and go on trying for ever; returns at once."""

    def publish(
        self, topic: str, payload: bytes, *, retained: bool, expires_in_s: int | None
    ) -> int | None:
        """Hand a message over; the number that `Confirmed` will name. None: not connected."""

    def listen(self, filters: Collection[str]) -> None:
        """Hear these topics too, from now on and after each connection; they replace others."""

    def done(self, ticket: object) -> None:
        """The message with this ticket has been stored: tell the broker to forget it."""

    def is_healthy(self) -> bool:
        """False when it believes to be connected and yet hears nothing: only a restart helps."""

    def stop(self) -> None:
        """Disconnect; returns within some seconds whatever the broker does."""
