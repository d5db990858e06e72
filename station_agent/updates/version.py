"""Which of two versions of the agent is the older one; pure."""

import re

_NUMBERS = re.compile(r"\d+(\.\d+)*")


def older(version: str, than: str) -> bool:
    """Whether the numbers that `version` begins with are lower; what has none is the oldest.

    What follows them (`-rc1`, `+commune`) makes no difference: people name such things at will.
    """
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> list[int]:
    """1.4 and 1.4.0 are the same."""
    found = _NUMBERS.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
