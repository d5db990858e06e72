"""Between samples at 48 kHz and wall-clock time, and which parts of a recording were heard."""

from datetime import timedelta

SAMPLES_A_MS = 48  # everything is Opus at 48 kHz (contract.messages.Recording)
_MICROSECOND = timedelta(microseconds=1)

Span = tuple[int, int]
"""Samples [from, to) of a recording."""


def span_of(samples: int) -> timedelta:
    """How long so many samples sound."""
    return timedelta(microseconds=samples * 1000 // SAMPLES_A_MS)


def samples_in(span: timedelta) -> int:
    """How many whole samples sound in `span`; negative for a negative span."""
    return (span // _MICROSECOND) * SAMPLES_A_MS // 1000


def nanoseconds_in(span: timedelta) -> int:
    """`span` as whole nanoseconds, the unit of CLOCK_MONOTONIC."""
    return (span // _MICROSECOND) * 1000


def add_heard(heard: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The union of `heard` (sorted, disjoint) and [start, end): what was heard twice counts once.

    So a restarted item that was cut twice in its middle does not add up to a whole one.
    """
    if start >= end:
        return heard
    apart = [span for span in heard if span[1] < start or end < span[0]]
    touching = [span for span in heard if span not in apart]
    low = min([start, *(span[0] for span in touching)])
    high = max([end, *(span[1] for span in touching)])
    return tuple(sorted([*apart, (low, high)]))


def count_heard(heard: tuple[Span, ...]) -> int:
    """How many different samples were heard."""
    return sum(end - start for start, end in heard)
