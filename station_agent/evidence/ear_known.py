"""What the agent knows by its ear: values only."""

from enum import StrEnum

from msgspec import Struct

from station_agent.evidence.timeline import Timeline


class Kind(StrEnum):
    """What the ear is."""

    MICROPHONE = "microphone"  # hears the village, too
    RADIO = "radio"  # on our frequency: hears what listeners hear


class EarKnown(Struct, frozen=True, kw_only=True):
    """A station without an ear has none of this."""

    kind: Kind
    heard: Timeline = Timeline()
    played: Timeline = Timeline()
    lag: int | None = None  # slots that it is behind the player, once it was found
    busy: int = 0  # the last slot in which something of ours may have sounded
    judged: int = 0  # the end of the last window
    strange: int = 0  # windows in a row with something else
    told: bool = False  # of a foreign signal that has not ended yet
    last_strange: int = 0  # slot
