"""How long to wait before a recording is asked for again."""

from station_agent.errors import FetchError, NoRoom, WrongBytes

SOON_S, SELDOM_S = 1.0, 30.0
"""After a broken transfer: soon at first (it goes on where it stopped), then seldom enough not to
load a struggling server."""

LATER_S, HOURLY_S = 30.0, 3_600.0
"""After wrong bytes or a full disk: only people can help, and every try costs a whole download."""


def wait_s(error: Exception, times: int) -> float:
    """Seconds to wait after this failure, which is number `times` of its recording, from 0."""
    if isinstance(error, WrongBytes | NoRoom) or not isinstance(error, FetchError):
        return float(min(HOURLY_S, LATER_S * 4.0 ** min(times, 8)))
    return float(min(SELDOM_S, SOON_S * 2.0 ** min(times, 8)))
