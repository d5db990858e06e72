"""Between samples and nanoseconds, at the player's one rate."""

from station_agent.player.wire import SAMPLE_RATE

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000


def samples_in(duration_ns: int) -> int:
    """Return the whole samples nearest to a duration (negative durations too)."""
    return round(duration_ns * SAMPLE_RATE / NS_PER_S)


def ns_of(samples: int) -> int:
    """Return how long so many samples sound, in ns."""
    return samples * NS_PER_S // SAMPLE_RATE
