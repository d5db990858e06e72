"""L1: whether the amplifier's current follows the programme; pure."""

from collections.abc import Sequence
from math import sqrt

from contract.proofs import (
    AMPLIFIER_FOLLOWS,
    AMPLIFIER_SILENT,
    AMPLIFIER_UNCLEAR,
    Agrees,
    Proof,
)
from station_agent.evidence.correlation import Sums

VIEWS = ((1, 0), (1, 1), (1, 2), (1, 3), (10, 0), (10, 5))
"""Slots that a reading is compared with the mean of, and how many slots before it they end.

A board's reading is up to 0.3 s old; a large supply, or a meter, shows the mean of a second.
"""

BACK = max(slots + lag for slots, lag in VIEWS)  # slots before a reading that may be asked for

FEWEST = 12  # readings, six seconds: a chime alone proves nothing
SURE = 3.2
"""Unrelated series of n pairs reach r = SURE / sqrt(n) once in about 1400; six views, in 230."""

LEAST_R = 0.4  # of a long programme: clipping, noise and a slow meter cost much, not all
QUIET = 0.018  # -35 dBFS: below, an amplifier hardly draws more than when it rests
RISE_SHARE, RISE_MA = 0.1, 20
"""Over its rest an amplifier that sounds draws at least a tenth and 20 mA more; resting currents
drift by a few per cent with heat and mains."""


def pair(sums: Sequence[Sums], before: Sequence[float], ma: int) -> tuple[Sums, ...]:
    """The sums with one reading; `before` are the last BACK amplitudes (0 to 1) up to it."""
    return tuple(
        one.plus(_mean(before, slots, lag), ma / 1000)
        for one, (slots, lag) in zip(sums, VIEWS, strict=True)
    )


def judge(sums: Sequence[Sums], idle_ma: int) -> Proof:
    """What the readings of an airing prove; `idle_ma` is the amplifier's current at rest."""
    best = max(sums, key=lambda one: one.r)
    score = round(best.r, 2)
    if best.n < FEWEST or best.rms_x < QUIET:
        return _proof(Agrees.UNSURE, AMPLIFIER_UNCLEAR, score)
    if best.r >= max(LEAST_R, SURE / sqrt(best.n)):
        return _proof(Agrees.YES, AMPLIFIER_FOLLOWS, score)
    if 1000 * best.mean_y < idle_ma * (1 + RISE_SHARE) + RISE_MA:
        return _proof(Agrees.NO, AMPLIFIER_SILENT, score)
    return _proof(Agrees.UNSURE, AMPLIFIER_UNCLEAR, score)


def _mean(before: Sequence[float], slots: int, lag: int) -> float:
    end = len(before) - lag
    part = before[max(0, end - slots) : max(0, end)]
    return sum(part) / slots  # what was before the first sample was silence


def _proof(agrees: Agrees, code: str, score: float) -> Proof:
    return Proof(level="L1", agrees=agrees, code=code, score=score)
