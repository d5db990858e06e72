"""Ports: what the loop needs from whoever runs it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct


class Job(Struct, frozen=True):
    """A fixed chore. `run` must end by itself: stopping the loop waits for it."""

    name: str
    every_s: float
    run: Callable[[], None]


class OnBeat(Protocol):
    """Told of each tick that ended well; a name that falls silent is a reason for an alarm."""

    def __call__(self, name: str, at: datetime) -> None:
        """`at` (aware) is when the tick was due."""


class OnTrouble(Protocol):
    """Told of each tick that raised (the error itself) or did not run (MissedTick)."""

    def __call__(self, name: str, error: BaseException) -> None:
        """Called in the loop's threads; must not block."""
