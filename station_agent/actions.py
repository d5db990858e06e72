"""What a step asks for: first what must be on the disk, then what must be done."""

from datetime import datetime

from msgspec import Struct

from contract.messages import Recording
from contract.reports import Ack
from contract.reports import Event as JournalEvent
from contract.states import Profile
from station_agent.hardware.ports import Reach
from station_agent.player import wire
from station_agent.state import Moment


class Write(Struct, frozen=True):
    """A line for the journal."""

    event: JournalEvent


class Answer(Struct, frozen=True):
    """An acknowledgement; stored with the effect, sent when there is a link."""

    ack: Ack


class PlayRun(Struct, frozen=True, kw_only=True):
    """Play a recording from the shelf; `at_ns` is CLOCK_MONOTONIC, None: as soon as possible."""

    run: str
    recording: str
    at_ns: int | None
    from_sample: int
    fade_in_ms: int
    relay: wire.Relay | None = None


class StopRun(Struct, frozen=True, kw_only=True):
    """Fade a run out."""

    run: str
    fade_ms: int


class TuneVolume(Struct, frozen=True):
    """Set the player's volume, in percent."""

    percent: int


class ShapeSound(Struct, frozen=True):
    """Have the player shape its sound for this loudspeaker; None: the box's own."""

    profile: Profile | None


class SoundTest(Struct, frozen=True, kw_only=True):
    """Sound the tone of a self-test; `percent` is of the volume that the player has."""

    run: str
    seconds: int
    percent: int


class AskPlayer(Struct, frozen=True):
    """See whether an idle player answers."""


class StartPlayer(Struct, frozen=True):
    """Start a player process."""


class KillPlayer(Struct, frozen=True):
    """The player does not answer: end it. `PlayerDied` follows."""


class Wanted(Struct, frozen=True, kw_only=True):
    """A recording to hold. The fetch begins at a random instant within `spread_s` seconds."""

    recording: Recording
    spread_s: float


class Want(Struct, frozen=True):
    """All recordings to hold, most urgent first; replaces what was wanted before."""

    wanted: tuple[Wanted, ...]


class DropRecording(Struct, frozen=True):
    """Throw a spoilt recording away."""

    sha256: str


class Stored(Struct, frozen=True):
    """The server has these lines of a journal that is not the station's own: let go of them."""

    journal: str
    through: int


class BringDiagnosis(Struct, frozen=True, kw_only=True):
    """Bring a diagnosis to the server, before `until`: DiagnosisEnded follows."""

    order: str
    until: datetime


class KeepTime(Struct, frozen=True):
    """Put down that this moment is believed, for the next start of the agent."""

    at: Moment


class CompareClock(Struct, frozen=True, kw_only=True):
    """The server has told its time with its receipt for these lines."""

    journal: str
    through: int
    server_at: datetime


class FetchAgent(Struct, frozen=True):
    """Fetch this version of the agent into the spare slot: AgentFetched or AgentFetchFailed."""

    version: str


class TestAgent(Struct, frozen=True):
    """This copy is on trial: try what a station lives on; AgentTested follows."""


class TryAgent(Struct, frozen=True):
    """End the process; the next start is the trial of the copy in the spare slot."""

    version: str


class KeepAgent(Struct, frozen=True):
    """This copy is the good one from now on."""


class GiveUpAgent(Struct, frozen=True):
    """End the process; the next start is of the copy before, and this one is not tried again."""

    why: str


class GivenUpTold(Struct, frozen=True):
    """The journal says which version was given up."""


AgentChange = GivenUpTold | FetchAgent | TestAgent | TryAgent | KeepAgent | GiveUpAgent


class Subscribe(Struct, frozen=True):
    """Listen to the station's own topics and to those of these areas, and to no others."""

    areas: tuple[str, ...]


class RaiseRig(Struct, frozen=True):
    """Bring up all that lies between player and ears: RigReady or RigFailed follows.

    Also while it is up, to widen its reach: RigReady follows at once.
    """

    reach: Reach


class LowerRig(Struct, frozen=True):
    """Bring it down in the safe order: RigDown follows."""


Durable = Write | Answer
Effect = (
    PlayRun
    | StopRun
    | TuneVolume
    | ShapeSound
    | SoundTest
    | AskPlayer
    | StartPlayer
    | KillPlayer
    | Want
    | DropRecording
    | CompareClock
    | KeepTime
    | BringDiagnosis
    | Stored
    | Subscribe
    | RaiseRig
    | LowerRig
    | AgentChange
)
Action = Durable | Effect
