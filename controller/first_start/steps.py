"""Steps: what the first person does, in which order, and what may be put off."""

from enum import StrEnum


class Step(StrEnum):
    """One page each."""

    ACCOUNT = "account"
    PROVINCE = "province"
    COMMUNES = "communes"
    HOURS = "hours"
    COLLEAGUE = "colleague"
    STATION = "station"
    NOTICE = "notice"
    LISTEN = "listen"


ORDER = tuple(Step)
LATER = frozenset({Step.COLLEAGUE, Step.STATION, Step.NOTICE, Step.LISTEN})
"""What works without: people, stations and bulletins have pages of their own."""


def number(step: Step) -> int:
    """1 for the first."""
    return ORDER.index(step) + 1


def before(step: Step) -> Step | None:
    """Where Back leads; None: nowhere, for an account is made once."""
    at = ORDER.index(step)
    return ORDER[at - 1] if at > 1 else None


def after(step: Step) -> Step | None:
    """What comes next; None after the last."""
    at = ORDER.index(step) + 1
    return ORDER[at] if at < len(ORDER) else None


def reached(furthest: Step, asked: Step) -> Step:
    """The page to show: the one asked for, but none whose turn has not come."""
    return min(furthest, asked, key=ORDER.index)
