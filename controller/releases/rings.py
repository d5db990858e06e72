"""Rings: who gets a release when, and when it is halted. Pure.

One station first, then five in a hundred, then half, then all; each ring for a whole day at least,
so that every station has lived through a morning and an evening broadcast with it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

SHARES = (0.0, 0.05, 0.5, 1.0)
"""Of all stations; the first ring is one station, however many there are."""

LAST = len(SHARES) - 1
SOAK = timedelta(days=1)
ENOUGH = 0.9
"""Of a ring: stations without network or power must not hold up the others for ever."""

BUDGET = 0.02
"""Of a ring: more stations than this that went back to the old version halt the rollout. In the
first two rings a single one does: nothing is known of the version yet."""

SPREAD_S = 7_200
"""The stations of a ring begin within two hours, so that a server and its line bear them."""


class Judgement(StrEnum):
    """What becomes of a ring."""

    WAIT = "wait"
    ADVANCE = "advance"
    HALT = "halt"
    DONE = "done"


class Standing(Struct, frozen=True, kw_only=True):
    """How a ring stands: `kept` run the version, `lost` went back, of `total` stations."""

    ring: int
    since: datetime
    total: int
    kept: int
    lost: int


def members(stations: Iterable[str], rollout: str, ring: int) -> frozenset[str]:
    """The stations of a ring and of those before it, chosen by chance but always the same."""
    ordered = sorted(stations, key=lambda station: _number(rollout, station))
    count = max(1, round(SHARES[ring] * len(ordered)))
    return frozenset(ordered[:count])


def begins_at(station: str, rollout: str, since: datetime) -> datetime:
    """When a station of a ring that opened at `since` may begin."""
    return since + timedelta(seconds=_number(rollout, f"{station} begins") % SPREAD_S)


def judge(standing: Standing, now: datetime) -> Judgement:
    """Whether a ring is good enough for the next one to open."""
    allowed = 0 if standing.ring < 2 else int(BUDGET * standing.total)
    if standing.lost > allowed:
        return Judgement.HALT
    if now - standing.since < SOAK or standing.kept < ENOUGH * standing.total:
        return Judgement.WAIT
    return Judgement.DONE if standing.ring == LAST else Judgement.ADVANCE


def _number(rollout: str, station: str) -> int:
    return int.from_bytes(sha256(f"{rollout} {station}".encode()).digest()[:8])
