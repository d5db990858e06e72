"""The output profiles: what the player makes of the programme for what hangs on the card."""

from enum import StrEnum


class Profile(StrEnum):
    """For which loudspeaker the sound is shaped; the recordings are the same for all."""

    FLAT = "flat"  # as mastered: indoor loudspeakers, line outputs
    HORN = "horn"  # reentrant horns on poles
    FM = "fm"  # an FM exciter, which adds the pre-emphasis itself
