"""Backoff: how long to wait before something is tried again. Pure."""

from datetime import timedelta

JITTER = 0.2
"""Of the pause: thousands of messages that failed together do not come again together."""


def pause(tries: int, first: timedelta, longest: timedelta, luck: float = 0.5) -> timedelta:
    """After so many tries in vain: twice as long each time; `luck` in [0, 1)."""
    doubled: int = 2 ** min(tries - 1, 20)
    return min(first * doubled, longest) * (1 - JITTER + 2 * JITTER * luck)
