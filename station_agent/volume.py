"""How loud an airing is to sound, and by which rule: the one place that decides it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.stances import VolumeRule
from contract.windows import open_until
from station_agent.state import AgentState, Airing

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
INSTANT = timedelta(microseconds=1)


class Volume(Struct, frozen=True):
    """Percent of amplitude, and what set it."""

    percent: int
    rule: VolumeRule


def volume_of(state: AgentState, airing: Airing, now: datetime) -> Volume:
    """The volume at which an airing sounds at `now` (decision 0013).

    An emergency has its own volume, up to the most that an emergency may have here, and that if
    none is told. All else has its own or the station's, up to the station's maximum.
    """
    if airing.emergency:
        return _emergency(state.sound.emergency, airing.volume)
    if airing.volume is None:
        return own_volume(state, now)
    return _at_most(state.sound.maximum, Volume(airing.volume, VolumeRule.ITEM))


def own_volume(state: AgentState, now: datetime) -> Volume:
    """The station's own: by a person's order, else by the hour, the plan, the box's setting."""
    return _at_most(state.sound.maximum, _asked(state, now))


def _asked(state: AgentState, now: datetime) -> Volume:
    if state.memory.volume is not None:
        return Volume(state.memory.volume, VolumeRule.ORDER)
    for each in state.sound.hours:
        if open_until((each.hours,), now, now + INSTANT, ZONE) > now:
            return Volume(each.percent, VolumeRule.HOUR)
    if state.sound.volume is not None:
        return Volume(state.sound.volume, VolumeRule.PLAN)
    return Volume(state.default_volume, VolumeRule.SETTING)


def _at_most(maximum: int, asked: Volume) -> Volume:
    return asked if asked.percent <= maximum else Volume(maximum, VolumeRule.MAXIMUM)


def _emergency(maximum: int, asked: int | None) -> Volume:
    if asked is None or asked >= maximum:
        return Volume(maximum, VolumeRule.EMERGENCY)
    return Volume(asked, VolumeRule.ITEM)
