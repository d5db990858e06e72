"""Spans: how much of a stretch of time is covered; pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]
NOTHING = timedelta()


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same instants as spans that are apart, in order."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        elif since < until:
            found.append((since, until))
    return found


def without(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What of these lies in none of the others; each given as `joined` gives them."""
    found: list[Span] = []
    for since, until in spans:
        at = since
        for begun, over in others:
            if over <= at or begun >= until:
                continue
            if begun > at:
                found.append((at, begun))
            at = over
        if at < until:
            found.append((at, until))
    return found


def cut(spans: Iterable[Span], whole: Span) -> list[Span]:
    """Of these what lies in the whole."""
    inside = ((max(a, whole[0]), min(b, whole[1])) for a, b in spans)
    return joined((a, b) for a, b in inside if a < b)


def length(spans: Iterable[Span]) -> timedelta:
    """All together; of spans that are apart."""
    return sum((until - since for since, until in spans), NOTHING)
