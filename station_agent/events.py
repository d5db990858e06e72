"""What can happen to a station. An event is a fact; the runtime adds the moment."""

from datetime import datetime

from msgspec import Struct

from station_agent.hardware.readings import BoardReading
from station_agent.player import wire
from station_agent.state import Moment


class Woke(Struct, frozen=True, kw_only=True):
    """The agent has started; `shelf` names the recordings found on the disk.

    `damage` tells what was wrong with the journal, `unwritten` that it cannot be written.
    `clock_ran`: the clock has run on while the agent was not there; `kept_at` is the time that
    was kept from before, and `line` the station's own time, if the machine runs on since.
    """

    shelf: frozenset[str]
    damage: str = ""
    unwritten: bool = False
    clock_ran: bool = True
    kept_at: datetime | None = None
    line: Moment | None = None


class Ticked(Struct, frozen=True):
    """Time has passed."""


class MessageArrived(Struct, frozen=True, kw_only=True):
    """A message came down; nobody has looked into it yet."""

    topic: str
    payload: bytes


class MessageBroke(Struct, frozen=True, kw_only=True):
    """A message that came down could not be judged, for a fault of ours or a trick of another's."""

    topic: str
    detail: str


class RecordingFetched(Struct, frozen=True):
    """A recording lies on the shelf, whole and checked."""

    sha256: str


class RecordingCleared(Struct, frozen=True):
    """A recording that nothing wanted any more was thrown away to make room."""

    sha256: str


class RecordingSpoilt(Struct, frozen=True, kw_only=True):
    """A recording on the shelf does not match its name; it has been thrown away."""

    sha256: str
    detail: str


class FetchFailed(Struct, frozen=True, kw_only=True):
    """A recording could not be fetched; the shelf tries again by itself."""

    sha256: str
    detail: str


class ClockCompared(Struct, frozen=True):
    """The server told its time: it is so far ahead of ours, give or take `uncertainty_ms`."""

    offset_ms: int
    uncertainty_ms: int


class DiskFailed(Struct, frozen=True):
    """The journal cannot be written; what follows stands on a loose leaf."""

    detail: str


class DiskMended(Struct, frozen=True):
    """All that is remembered and written is on the disk again."""

    damage: str = ""


class PlayerSaid(Struct, frozen=True):
    """A line from the player process."""

    word: wire.Event


class PlayerDied(Struct, frozen=True):
    """The player process is gone; what it was playing got as far as its last progress."""

    detail: str


class RigReady(Struct, frozen=True, kw_only=True):
    """What leaves the player is heard from now on; raising it took `rise_ms`."""

    rise_ms: int


class RigFailed(Struct, frozen=True, kw_only=True):
    """The rig did not rise, or has fallen: nothing is heard, until RigReady comes again.

    It is being made safe, and rises again only when it is asked to. `step` is a code, `detail` a
    sentence for people (Vietnamese). All was last seen well at `well_ns` (CLOCK_MONOTONIC); None
    when it was not up: whatever left the player after that may not have been heard.
    """

    step: str
    detail: str
    well_ns: int | None = None


class RigWell(Struct, frozen=True):
    """While up: all was seen to be right at `well_ns` (CLOCK_MONOTONIC). Comes with each look."""

    well_ns: int


class RigDown(Struct, frozen=True):
    """All outputs were read back as safe: amplifier off, muted, carrier off."""


class BoardSaid(Struct, frozen=True):
    """The board's sensors: when something changed, now and then, and every second while up."""

    reading: BoardReading


class DiagnosisEnded(Struct, frozen=True, kw_only=True):
    """The server has the diagnosis that was ordered; or `problem` says, for people, why not."""

    order: str
    size: int
    problem: str = ""


class EarHeard(Struct, frozen=True, kw_only=True):
    """How loud it was at the ear, in dBFS: tenths of a second of CLOCK_MONOTONIC from `slot` on."""

    slot: int
    levels: tuple[float, ...]


class EarLost(Struct, frozen=True):
    """The ear hears nothing any more; it is tried again by itself."""

    detail: str


class AgentFetched(Struct, frozen=True):
    """This version of the agent lies in the spare slot, signed and whole."""

    version: str


class AgentFetchFailed(Struct, frozen=True, kw_only=True):
    """A version of the agent could not be fetched."""

    version: str
    detail: str


class AgentTested(Struct, frozen=True):
    """The copy on trial has tried itself; `problem` is a sentence for people, or empty."""

    problem: str


Event = (
    Woke
    | Ticked
    | MessageArrived
    | MessageBroke
    | RecordingFetched
    | RecordingCleared
    | RecordingSpoilt
    | FetchFailed
    | ClockCompared
    | DiskFailed
    | DiskMended
    | PlayerSaid
    | PlayerDied
    | RigReady
    | RigWell
    | RigFailed
    | RigDown
    | BoardSaid
    | DiagnosisEnded
    | EarHeard
    | EarLost
    | AgentFetched
    | AgentFetchFailed
    | AgentTested
)
