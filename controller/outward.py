"""Outward: what the controller says to the world beside stations: pushes and webhooks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from controller.poster.going import hooks_going
from controller.push.going import pushes_going
from controller.settings import Settings
from controller.store import Store


@contextmanager
def outward(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the controller runs."""
    with pushes_going(store, settings, clock), hooks_going(store, settings, clock):
        yield
