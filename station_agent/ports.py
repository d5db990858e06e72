"""What the agent needs from outside. Adapters put what happens on the inbox, and never call back.

Every adapter may be called from the loop's thread only.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from contract.reports import Machine, Modem
from station_agent.actions import AgentChange, Wanted
from station_agent.player import wire
from station_agent.state import Moment


class Health(Struct, frozen=True, kw_only=True):
    """How the machine is; `modem` is None where none is watched."""

    uptime_s: int
    free_bytes: int
    rss_bytes: int
    machine: Machine = Machine()
    modem: Modem | None = None


class Past(Struct, frozen=True, kw_only=True):
    """What is known of the time before the agent started.

    `ran`: the clock ran on; `kept_at` has surely passed; `line` is the station's own time as it
    was kept, if the machine runs on since.
    """

    ran: bool
    kept_at: datetime | None = None
    line: Moment | None = None


class Clock(Protocol):
    """Both clocks, read together."""

    def moment(self) -> Moment:
        """Return the present."""

    def past(self) -> Past:
        """Return what is known of the time before the agent started."""

    def keep(self, at: Moment) -> None:
        """Put down that this moment is believed."""


class Link(Protocol):
    """The way to the broker."""

    def start(self) -> None:
        """Begin to connect; LinkUp follows, and again after each loss."""

    def listen(self, filters: Sequence[str]) -> None:
        """Be subscribed to exactly these, now and after every connect."""

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool) -> int | None:
        """Hand a message over; None when there is no link or enough is on its way already."""

    def acknowledge(self, receipt: tuple[int, int]) -> None:
        """Tell the broker that a delivery is on our disk; a receipt of an old link is dropped."""

    def watch(self) -> None:
        """Look whether the link still moves; begin anew when it does not."""

    def stop(self) -> None:
        """Wait a moment for what is on its way, then leave in order."""


class Shelf(Protocol):
    """The recordings on the disk."""

    def held(self) -> frozenset[str]:
        """Return the names of those that are there."""

    def path(self, sha256: str) -> Path:
        """Return where a recording lies, or would lie."""

    def start(self) -> None:
        """Begin to fetch."""

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Fetch these, most urgent first; RecordingFetched or FetchFailed follow."""

    def drop(self, sha256: str) -> None:
        """Throw a spoilt recording away."""

    def stop(self) -> None:
        """Stop fetching; what has arrived of a recording is kept."""


class Keeper(Protocol):
    """The keeper of the agent's own copies; what becomes of them comes as events."""

    def do(self, change: AgentChange) -> None:
        """Begin, or do, what is asked."""


class Player(Protocol):
    """A running player process; its words and its end come as events."""

    def send(self, command: wire.Command) -> None:
        """Hand a command over without waiting."""

    def kill(self) -> None:
        """End one that is hung, without waiting."""

    def close(self) -> None:
        """Let it fade out, and end it."""
