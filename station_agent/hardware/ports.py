"""What the rig needs of its parts, and what the agent needs of the rig.

Parts are called from the rig's thread only. Every call ends within CALL_LIMIT_S, or raises
HardwareError: the board's guard must be fed meanwhile. A part that has lost its line takes it up
again by itself at the next call.
"""

from enum import StrEnum
from typing import Protocol

from station_agent.hardware.readings import BoardReading, ExciterReading, Output

CALL_LIMIT_S = 1.5
"""Two slow calls and a pause between them fit the shortest guard time that settings allow, 5 s."""


class Reach(StrEnum):
    """Who is to hear it."""

    OWN = "own"  # the station's own receivers, as its settings name them
    ALL = "all"  # an emergency: every receiver that hears this transmitter


class Board(Protocol):
    """The I/O board, or bought boards that together do its work."""

    def guard(self, watchdog_s: int) -> None:
        """Have the outputs fall safe when no feed comes for `watchdog_s`; read back."""

    def feed(self) -> None:
        """Tell the board that its host is alive, by a write that it obeys."""

    def switch(self, output: Output, on: bool) -> None:
        """Set one output. That it was obeyed is seen by `read` only."""

    def read(self) -> BoardReading:
        """Read the outputs back, and the sensors."""

    def close(self) -> None:
        """Let the line go; never raises."""


class Exciter(Protocol):
    """A transmitter that is spoken to. Nothing but its carrier is ever written."""

    def carrier(self, on: bool) -> None:
        """Switch the carrier. That it was obeyed is seen by `read` only."""

    def read(self) -> ExciterReading:
        """Ask for its state."""

    def close(self) -> None:
        """Let the line go; never raises."""


class Receivers(Protocol):
    """Coded receivers at the far end of the carrier. They cannot answer.

    Each call returns when its code has been sent (not when it was queued). The rig calls `wake`
    as often as the code must be repeated, and again as keep-alive every `keep_alive_s`.
    """

    @property
    def keep_alive_s(self) -> float:
        """Seconds between two codes that keep receivers open."""

    def wake(self, reach: Reach) -> None:
        """Send the code that opens, or keeps open, once."""

    def release(self, reach: Reach) -> None:
        """Send the code that closes, once."""

    def close(self) -> None:
        """Let the line go; never raises."""


class Rig(Protocol):
    """All of it, as the agent's runtime sees it. No call waits; what happens comes as events."""

    def up(self, reach: Reach) -> None:
        """Raise, or widen the reach of what is up: RigReady or RigFailed follows."""

    def down(self) -> None:
        """Lower in the safe order: RigDown follows."""

    def pulse(self) -> None:
        """The loop is alive: called each time it goes round. Without it the rig falls silent."""

    @property
    def round_ns(self) -> int:
        """When its thread last went round (CLOCK_MONOTONIC)."""

    def close(self) -> None:
        """Lower, wait for it within bounds, and let the lines go."""
