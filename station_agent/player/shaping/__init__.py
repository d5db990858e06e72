"""Output profiles as sound: filters, a limiter, and the sink that has them in front."""

from collections.abc import Callable

from contract.states import Profile
from station_agent.player.ports import Sink
from station_agent.player.shaping.sink import ShapedSink
from station_agent.player.shaping.taps import fm, horn

# 50 µs everywhere outside the Americas and South Korea (ITU-R BS.450).
FM_EMPHASIS_S = 50e-6


def shaped(open_sink: Callable[[], Sink], profile: Profile) -> Callable[[], Sink]:
    """Return what opens the sink with the profile in front of it."""
    match profile:
        case Profile.FLAT:
            return open_sink
        case Profile.HORN:
            taps = horn()
            return lambda: ShapedSink(open_sink(), taps)
        case Profile.FM:
            taps = fm()
            return lambda: ShapedSink(open_sink(), taps, emphasis_s=FM_EMPHASIS_S)
