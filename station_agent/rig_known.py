"""What the agent knows of its rig: where it stands, how long it takes, what went wrong."""

from enum import StrEnum

from msgspec import Struct

from station_agent.hardware.ports import Reach


class Stage(StrEnum):
    """Where the rig stands, by what it was told and what it has said since."""

    DOWN = "down"
    RISING = "rising"
    UP = "up"  # what leaves the player is heard
    FALLING = "falling"
    TURNING = "turning"  # told to rise while it falls: it is not ready before it was down


class RigKnown(Struct, frozen=True, kw_only=True):
    """A station without a rig has none of this, and is always ready.

    Times ending in `_ns` are CLOCK_MONOTONIC. `well_ns`: all was last seen to be right.
    """

    rise_ms: int  # by the settings, until it has risen once; then as measured
    tail_ms: int  # of silence after the last sample, before anything is switched off
    hold_s: float  # it stays up when the next item begins so soon
    stage: Stage = Stage.FALLING  # it begins by coming down, whatever was left behind
    reach: Reach = Reach.OWN
    well_ns: int = 0
    lower_ns: int | None = None  # when to lower it, if nothing asks for it until then
    failed_ns: int = 0
    failures: int = 0  # in a row
    told: str = ""  # the step whose failure was written down, until it is ready again
