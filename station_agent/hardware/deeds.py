"""What the sequencer asks to be done, and what can happen to it."""

from msgspec import Struct

from station_agent.events import RigDown, RigFailed, RigReady, RigWell
from station_agent.hardware.findings import Look
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import Output


class Guard(Struct, frozen=True):
    """Have the board watch its host from now on."""

    watchdog_s: int


class Feed(Struct, frozen=True):
    """Tell the board that its host is alive."""


class Switch(Struct, frozen=True):
    """Set an output of the board."""

    output: Output
    on: bool


class Key(Struct, frozen=True):
    """Switch the exciter's carrier."""

    on: bool


class Wake(Struct, frozen=True):
    """Send the code that opens receivers, or keeps them open."""

    reach: Reach


class Release(Struct, frozen=True):
    """Send the code that closes receivers."""

    reach: Reach


class LookAround(Struct, frozen=True):
    """Read all parts back: Saw follows."""


class Tell(Struct, frozen=True):
    """Let the agent know."""

    event: RigReady | RigWell | RigFailed | RigDown


Deed = Guard | Feed | Switch | Key | Wake | Release | LookAround | Tell


class Asked(Struct, frozen=True):
    """The agent wants the rig up for `reach`, or down (None)."""

    reach: Reach | None


class Passed(Struct, frozen=True):
    """Time has passed."""


class Did(Struct, frozen=True):
    """A deed was done, as far as can be told without reading back."""

    deed: Deed


class Broke(Struct, frozen=True):
    """A deed could not be done; `detail` is for people."""

    detail: str


class Saw(Struct, frozen=True):
    """What a look around has shown."""

    look: Look


class Froze(Struct, frozen=True):
    """The agent's loop does not go round any more."""


Happening = Asked | Passed | Did | Broke | Saw | Froze
