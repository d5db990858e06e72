"""L3: whether what the ear hears is the programme, something else, or nothing; pure."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from math import log10
from statistics import median, pstdev

from msgspec import Struct

from station_agent.evidence.correlation import Sums
from station_agent.evidence.timeline import Timeline

WINDOW = 30  # slots, three seconds: a stranger is told within five
MOST_LAG = 30  # slots: a digital chain behind the transmitter takes up to three seconds

DEPTH_DB = 25.0  # below the loudest of a window: what lies deeper is the noise between words
FLOOR_DBFS = -60.0  # hiss of an open input, and a squelch that is closed
LIVELY_DB = 0.8
"""From slot to slot, in the median: noise moves by 0.2 dB, its level under a slow gain control by
less; speech by 3, dense music by 1."""

VARIED_DB = 3.0  # deviation of a programme that can be told from another
SAME = 0.5  # at the delay that is known: 99 of 100 windows of ours, one of 20 of a stranger's
DOUBT = 0.55  # at any delay: below are nine of ten windows of a stranger's, and hardly one of ours
FOUND = 0.72  # for a delay that is not known: thirty are tried; `./run bench evidence`


class Sound(StrEnum):
    """What a window of the ear is."""

    PROGRAMME = "programme"
    OTHER = "other"
    NOTHING = "nothing"  # noise or silence
    UNSURE = "unsure"


class Look(Struct, frozen=True):
    """What was heard; with the delay of the ear behind the player when that was found."""

    sound: Sound
    lag: int | None = None


def lively(levels: Sequence[float]) -> bool:
    """Whether somebody speaks, sings or plays: no noise is like that, however loud."""
    raised = [max(FLOOR_DBFS, level) for level in levels]
    steps = [abs(one - next_) for one, next_ in pairwise(raised)]
    return bool(steps) and median(steps) >= LIVELY_DB


def compare(heard: Timeline, played: Timeline, lag: int | None) -> Look | None:
    """Judge the latest window of which both sides are known; None when there is none."""
    end = min(heard.end, played.end + (lag or 0))
    early = lag is None and played.begun > end - WINDOW - MOST_LAG  # it may only come late
    ear = heard.window(end - WINDOW, end)
    if early or not ear:
        return None
    look = None if lag is None else _at_its_delay(ear, played, end, lag)
    return look or _at_any_delay(ear, played, end, lag)


def _at_its_delay(ear: Sequence[float], played: Timeline, end: int, lag: int) -> Look | None:
    """The programme, or one that nobody can tell from another; None when it is not that."""
    ours = played.window(end - WINDOW - lag, end - lag)
    if not ours or pstdev(_deep(ours)) < VARIED_DB:
        return Look(Sound.UNSURE, lag)
    same = _best(ear, played, end, range(max(0, lag - 1), lag + 2))
    return Look(Sound.PROGRAMME, lag) if same and same[0] >= SAME else None


def _at_any_delay(ear: Sequence[float], played: Timeline, end: int, lag: int | None) -> Look:
    found = _best(ear, played, end, range(MOST_LAG + 1))
    if found and found[0] >= FOUND:
        return Look(Sound.PROGRAMME, found[1])
    if found and found[0] >= DOUBT:
        return Look(Sound.UNSURE, lag)
    return Look(Sound.OTHER if lively(ear) else Sound.NOTHING, lag)


def _best(
    ear: Sequence[float], played: Timeline, end: int, lags: Sequence[int]
) -> tuple[float, int] | None:
    """The best correlation, and at which delay; None when the programme is not known there."""
    deep = _deep(ear)
    found = []
    for lag in lags:
        ours = played.window(end - WINDOW - lag, end - lag)
        before = played.window(end - WINDOW - lag - 1, end - lag - 1)
        if ours:
            found.append((_alike(deep, _deep(ours)), lag))
        if ours and before:
            found.append((_alike(deep, _deep(_between(before, ours))), lag))
    return max(found, default=None)


def _between(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The mean power of both: what is heard of a delay that is no whole number of slots."""
    return [
        10 * log10((10 ** (x / 10) + 10 ** (y / 10)) / 2) for x, y in zip(one, other, strict=True)
    ]


def _deep(levels: Sequence[float]) -> list[float]:
    floor = max(levels) - DEPTH_DB
    return [max(floor, level) for level in levels]


def _alike(one: Sequence[float], other: Sequence[float]) -> float:
    sums = Sums()
    for x, y in zip(one, other, strict=True):
        sums = sums.plus(x, y)
    return sums.r
