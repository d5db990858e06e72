"""L2: whether the loudspeaker line takes the pilot as it did when it was fitted; pure."""

from collections.abc import Mapping

from contract.proofs import (
    LINE_LESS,
    LINE_MORE,
    LINE_OPEN,
    LINE_SHORT,
    LINE_UNCLEAR,
    LINE_WELL,
    Agrees,
    Proof,
)

TOLERANCE = 0.2  # EN 54-16 practice: nominal plus 5 to 20 %
OPEN, SHORT = 0.1, 3.0
"""Of nominal. A line with two horns of which one is lost takes half; a short takes all that the
source gives, six times as much (hardware.md §7: 120, 60, 1, 800 mA)."""

FEWEST = 4  # looks, two seconds
MOST_SHARE = 0.8  # so many of them say the same


def state_of(pilot_ma: int, nominal_ma: int) -> str:
    """The code of what one look shows."""
    ratio = pilot_ma / nominal_ma
    if ratio < OPEN:
        return LINE_OPEN
    if ratio > SHORT:
        return LINE_SHORT
    if ratio < 1 - TOLERANCE:
        return LINE_LESS
    return LINE_MORE if ratio > 1 + TOLERANCE else LINE_WELL


def judge(looks: Mapping[str, int]) -> Proof:
    """What the looks of an airing prove, counted by code."""
    total = sum(looks.values())
    code = max(looks, key=lambda one: looks[one], default=LINE_UNCLEAR)
    share = looks.get(LINE_WELL, 0) / total if total else 0.0
    if total < FEWEST or looks[code] < MOST_SHARE * total:
        agrees, code = Agrees.UNSURE, LINE_UNCLEAR
    else:
        agrees = Agrees.YES if code == LINE_WELL else Agrees.NO
    return Proof(level="L2", agrees=agrees, code=code, score=round(share, 2))
