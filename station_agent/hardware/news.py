"""Which of the board's readings the agent is to hear of; pure."""

from msgspec.structs import replace

from station_agent.hardware.readings import SAFE, BoardReading

STALE_NS = 60_000_000_000
"""Heat and voltages are told once a minute while dark: they change slowly."""

FRESH_NS = 400_000_000
"""While anything is on, each regular look is told, but not each of those that wait for a
relay."""


def is_news(told: BoardReading | None, reading: BoardReading) -> bool:
    """Whether to tell: what has changed at once, the rest now and then."""
    if told is None or _plain(told) != _plain(reading):
        return True
    age_ns = reading.mono_ns - told.mono_ns
    return age_ns >= (STALE_NS if reading.outputs == SAFE else FRESH_NS)


def _plain(reading: BoardReading) -> BoardReading:
    """The reading without what never stays the same."""
    return replace(
        reading,
        mono_ns=0,
        temperature_c=None,
        mains_v=None,
        battery_v=None,
        amp_ma=None,
        forward_w=None,
        reflected_w=None,
        pilot_ma=None,
    )
