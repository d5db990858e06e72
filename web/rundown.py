"""Rundown: airings that follow each other without a gap, as one session."""

from collections.abc import Iterable
from datetime import timedelta

from web.airing_list import Line

SEAM = timedelta(seconds=1)  # recordings end at a millisecond, times are typed in seconds


def sessions(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines, by start, in groups: each begins where the one before it ends, in its places."""
    found: list[list[Line]] = []
    for line in lines:
        before = next((each for each in reversed(found) if _follows(line, each[-1])), None)
        if before is None:
            found.append([line])
        else:
            before.append(line)
    return found


def _follows(line: Line, before: Line) -> bool:
    seam = abs(line.starts_at - before.ends_at) <= SEAM
    return seam and not set(line.targets).isdisjoint(before.targets)
