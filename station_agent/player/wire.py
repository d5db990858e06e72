"""What the agent and its player say to each other: one JSON object a line over a Unix socket.

Sample counts are at `SAMPLE_RATE`, mono. Instants are nanoseconds of CLOCK_MONOTONIC, which the
two processes of one machine share; wall-clock time stays with the agent. Every `Play` is answered
by exactly one `Ended`, unless the player dies. Unknown fields are ignored.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, BinaryIO, TypeAlias

import msgspec

from contract.states import Profile
from station_agent.player.errors import LineError

SAMPLE_RATE = 48_000  # Opus decodes to 48 kHz whatever went in (RFC 7845 §5.1): nothing resamples
MAX_LINE = 16_384  # ten times the longest honest line (a path of 4096 bytes is the bulk of it)
MAX_FADE_MS = 1_000  # as long as a plan may ask for (contract.messages.Sound)

RunId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
FadeMs = Annotated[int, msgspec.Meta(ge=0, le=MAX_FADE_MS)]
# Louder than +12 dB drives a mastered recording (true peak -1 dBTP) far into clipping.
GainDb = Annotated[float, msgspec.Meta(ge=-90.0, le=12.0)]
# Full volume is the recording as mastered; anything louder belongs to the amplifier.
VolumeDb = Annotated[float, msgspec.Meta(ge=-90.0, le=0.0)]
Samples = Annotated[int, msgspec.Meta(ge=0)]


class Cause(StrEnum):
    """Why a run ended."""

    FINISHED = "finished"  # its last sample left the player
    STOPPED = "stopped"  # by a Stop, a Quit or the agent's death, after the fade
    FAILED = "failed"  # see `Ended.trouble`


class Trouble(StrEnum):
    """Why a run failed."""

    UNREADABLE = "unreadable"  # no such file, or the disk does not give it
    WRONG_HASH = "wrong_hash"  # the file is not the recording that was approved
    UNSUPPORTED = "unsupported"  # neither Ogg/Opus nor 48 kHz WAV
    DAMAGED = "damaged"  # decoding broke down
    LATE = "late"  # its instant had passed by more than the player makes up for
    DEVICE = "device"  # no sound card, or it stopped: what it had in its buffer may be unheard


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=str.lower):
    """A line of the protocol; `type` is the class name in lower case."""


class Relay(msgspec.Struct, frozen=True, kw_only=True):
    """A stream to be taken over live: `samples` is the length of the whole slot.

    `url` is an address, or `input:NAME` for an input that the player was started with.
    `hosts` are those beside its own that the address may lead to.
    """

    url: str
    samples: Samples
    silence_s: int
    hosts: tuple[str, ...] = ()


class Play(Message, frozen=True, kw_only=True):
    """Play the recording at `path` from `offset_samples`, each sample in its own instant.

    `at_monotonic_ns` is when the sample `offset_samples` sounds. If that instant has passed, the
    samples that should already have sounded are left out, up to 2 s (then: `Trouble.LATE`).
    None: as soon as possible, nothing left out. `run` names this one playing: a resumed item is
    a new run, and a name that is still playing is Rejected. Decoding starts at once, so send it
    a second or so ahead, not an hour. With `relay` the recording is only the fallback, repeated
    while the stream is not well, and samples are those of the slot.
    """

    run: RunId
    path: str
    sha256: Sha256
    at_monotonic_ns: int | None = None
    offset_samples: Samples = 0
    gain_db: GainDb = 0.0
    fade_in_ms: FadeMs = 0
    relay: Relay | None = None


class Stop(Message, frozen=True, kw_only=True):
    """Fade the run out and end it. A run that is not here any more is no error."""

    run: RunId
    fade_ms: FadeMs = 50


class Volume(Message, frozen=True, kw_only=True):
    """Set the volume of everything, now and later; the change takes one block (20 ms)."""

    db: VolumeDb


class Shape(Message, frozen=True, kw_only=True):
    """Shape what is played for another loudspeaker, from the next time the device opens.

    It never changes in the middle of a sound. None: the profile that the player was started with.
    """

    profile: Profile | None = None


class Ping(Message, frozen=True, kw_only=True):
    """Are you there? Answered by Pong, from the loop that plays."""


class Quit(Message, frozen=True, kw_only=True):
    """Fade everything out, report it, exit with 0."""


class Ready(Message, frozen=True, kw_only=True):
    """The player has loaded and listens."""

    pid: int


class Pong(Message, frozen=True, kw_only=True):
    """The loop that plays goes round."""


class Started(Message, frozen=True, kw_only=True):
    """The run's first sample has been handed to the card and sounds at `first_ns`."""

    run: RunId
    first_ns: int
    from_sample: Samples


class Progress(Message, frozen=True, kw_only=True):
    """About once a second: how many samples of the run have sounded (written minus delay).

    `levels` are in dBFS, of tenths of a second of the run since the last word, the first of them
    the run's `first_level`-th; they may be of what sounds a little later.
    """

    run: RunId
    from_sample: Samples
    played_samples: Samples
    underruns: int
    first_level: int = 0
    levels: tuple[float, ...] = ()


class Ended(Message, frozen=True, kw_only=True):
    """The run is over, and its last sample has sounded (but see `Trouble.DEVICE`).

    `played_samples` were really written to the card, without a gap in the recording: a resume
    starts at `from_sample + played_samples`. `total_samples` is the whole recording's length
    (None: never opened). `first_ns` and `last_ns` are None when nothing sounded. `underruns`
    counts the times the card ran dry or the disk was too slow during the run. Levels are of what
    was on air during the run, before the output profile, never below -120. `capture` is the path
    of the WAV with those very samples, when capture is on. Of a relay `detail` says why its
    stream was not heard, when last it was not.
    """

    run: RunId
    cause: Cause
    trouble: Trouble | None = None
    detail: str = ""
    from_sample: Samples = 0
    played_samples: Samples = 0
    total_samples: int | None = None
    first_ns: int | None = None
    last_ns: int | None = None
    underruns: int = 0
    rms_dbfs: float = -120.0
    peak_dbfs: float = -120.0
    capture: str | None = None
    relayed_samples: Samples = 0  # of a relay: what the played ones were
    fallback_samples: Samples = 0
    silent_samples: Samples = 0


class Rejected(Message, frozen=True, kw_only=True):
    """A command was not understood, or plays a run that is already here; it is passed over."""

    reason: str


Command: TypeAlias = Play | Stop | Volume | Shape | Ping | Quit
Event: TypeAlias = Ready | Pong | Started | Progress | Ended | Rejected

_commands: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode(message: Command | Event) -> bytes:
    """Return the message as one line."""
    return msgspec.json.encode(message) + b"\n"


def decode_command(line: bytes) -> Command:
    """Read a command; raises LineError."""
    try:
        return _commands.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise LineError(str(error)) from error


def decode_event(line: bytes) -> Event:
    """Read an event; raises LineError."""
    try:
        return _events.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise LineError(str(error)) from error


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines until end of file; an overlong one comes in pieces, each of them a bad line."""
    return iter(lambda: stream.readline(MAX_LINE), b"")
