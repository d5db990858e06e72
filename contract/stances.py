"""Stances: what a station does with its air at one moment, and why; codes, no prose."""

from enum import StrEnum

from msgspec import Struct

from contract.messages import Identity, Instant, Percent
from contract.states import Cause, Class


class Doing(StrEnum):
    """What the air is used for."""

    IDLE = "idle"  # silent, and nothing more is planned
    WAITING = "waiting"  # silent until the next airing begins
    RISING = "rising"  # silent while amplifier and transmitter are brought up
    HELD = "held"  # silent, though something should sound
    PLAYING = "playing"


class Hold(StrEnum):
    """Why nothing sounds though something should."""

    CLOCK = "clock"  # the clock cannot be believed
    DISK = "disk"  # nothing can be written down
    RECORDING = "recording"  # it is not on the shelf yet
    RIG = "rig"  # amplifier or transmitter does not come up
    PLAYER = "player"  # a pause after a fault of the player


class VolumeRule(StrEnum):
    """What set the volume."""

    ITEM = "item"  # the airing's own
    ORDER = "order"  # an order of a person
    HOUR = "hour"  # the hour of the day
    PLAN = "plan"  # the station's, by its plan
    SETTING = "setting"  # the box's own setting
    MAXIMUM = "maximum"  # something louder was asked for
    EMERGENCY = "emergency"  # the maximum for emergencies


class Stance(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`airing` is what sounds, comes next or is held back; `source` the plan or order it is of.

    `at`: when it began, or will begin. `over` wait until it is over, for it took the air from
    them; `behind` wait for their turn. `left` is the airing that left the air silent, for `cause`
    and by the order `by`, if there was one.
    """

    doing: Doing
    airing: Identity | None = None
    source: str = ""
    at: Instant | None = None
    cls: Class | None = None
    hold: Hold | None = None
    over: tuple[Identity, ...] = ()
    behind: tuple[Identity, ...] = ()
    volume: Percent | None = None
    rule: VolumeRule | None = None
    left: Identity | None = None
    cause: Cause | None = None
    by: str = ""


class Decision(Struct, frozen=True):
    """A stance, and since when it has been held."""

    at: Instant
    stance: Stance
