"""Gives what comes in files at the pace of its time: the player wants seconds, not minutes."""

from collections.abc import Callable, Iterator

RATE = 48_000
AHEAD_S = 4.0  # the player starts with one in hand, and takes a stream back after three


def paced(
    blocks: Iterator[bytes], clock: Callable[[], float], wait: Callable[[float], None]
) -> Iterator[bytes]:
    """Yield 16-bit blocks, none earlier than `AHEAD_S` before its time."""
    given, began = 0, None
    for block in blocks:
        began = clock() if began is None else began
        early_s = given / RATE - (clock() - began) - AHEAD_S
        if early_s > 0:
            wait(early_s)
        yield block
        given += len(block) // 2
