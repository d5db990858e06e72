"""A line of a day as small as a word: the path of an SVG; pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

WIDTH, HEIGHT = 288, 40  # five minutes a unit; the picture is stretched to the page
EDGE = 3  # so that the line is not cut off at its highest

GAP = timedelta(minutes=25)
"""Samples are ten minutes apart: two missing are silence, and no line is drawn over it."""


class Line(Struct, frozen=True, kw_only=True):
    """The path, and the least and the most that it shows."""

    path: str
    least: float
    most: float
    last: float


def line(points: Sequence[tuple[datetime, float]], begin: datetime, end: datetime) -> Line | None:
    """Points in order of time, between two instants; None without any."""
    if not points:
        return None
    values = [value for _, value in points]
    least, most = min(values), max(values)
    parts, before = [], None
    for at, value in points:
        x = (at - begin) / (end - begin) * WIDTH
        word = "L" if before is not None and at - before <= GAP else "M"
        parts.append(f"{word}{x:.1f} {_height(value, least, most):.1f}")
        if word == "M":
            parts.append("h0.5")  # a lone point is seen too
        before = at
    return Line(path=" ".join(parts), least=least, most=most, last=values[-1])


def _height(value: float, least: float, most: float) -> float:
    if most == least:
        return HEIGHT / 2
    return HEIGHT - EDGE - (value - least) / (most - least) * (HEIGHT - 2 * EDGE)
