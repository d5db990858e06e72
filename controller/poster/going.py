"""Messages going to other systems: threads of their own, so that a slow one holds up no order."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from controller.hooks.delivering import Delivering
from controller.poster.nowhere import poster_of
from controller.settings import Settings
from controller.store import Store
from controller.voicing_loop import VoicingLoop

THREADS = 3
"""Two systems that do not answer still leave one for the others."""


@contextmanager
def hooks_going(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the controller runs."""
    work = Delivering(store, poster_of(settings), clock, random.random).work
    loop = VoicingLoop(work, name="hooks", threads=THREADS)
    loop.start()
    try:
        yield
    finally:
        loop.stop()
