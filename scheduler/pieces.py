"""Pieces: what is left of a live programme between the recordings that have their own times."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]

SHORTEST = timedelta(seconds=5)
"""A shorter piece is not listened to: it is left silent."""


def pieces(slot: Span, taken: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of the slot in which nothing else sounds; `taken` by start, without overlaps."""
    found, free_from = [], slot[0]
    for start, end in taken:
        found.append((free_from, min(start, slot[1])))
        free_from = max(free_from, end)
    found.append((free_from, slot[1]))
    return tuple(piece for piece in found if piece[1] - piece[0] >= SHORTEST)
