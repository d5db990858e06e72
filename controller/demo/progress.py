"""A line on the terminal for each step, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """One line to the person who started the run; standard output stays free for results."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Tell that `what` is done, and in how many seconds; a failure speaks for itself."""
    begun = time.monotonic()
    yield
    say(f"  ✓ {what} ({time.monotonic() - begun:.1f} s)")
