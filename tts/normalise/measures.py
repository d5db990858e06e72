"""Numbers with a unit, a percentage or a rate: 0,4 kV, 103-117 km/h, 37,5°C, 92,5%."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH, NUMBER, SIGNED, START, say_number
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import Rule, Said, before, rule
from tts.normalise.units import UNITS

_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_END = r"(?![\w²³°])"
# "lớp 5A", "nhà 3 A": letters that name a thing.
_NAMED = re.compile(r"(?:lớp|tổ|nhà|khu|số|điều|khối|tầng|phòng|cụm|lô|tòa)\s*$", re.IGNORECASE)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges ("5 - 10 m", "5m - 10m"), products ("3 x 4 m"), single measures."""
    number, unit = f"({SIGNED})", rf"\s?({_UNIT}){_END}"
    maybe = rf"\s?(?:{_UNIT})?"
    return (
        rule(rf"{START}{number}{maybe}{DASH}{number}{unit}({PER}*)", _range),
        rule(rf"{START}{number}{maybe}\s?[x×]\s?({NUMBER}){unit}({PER}*)", _product),
        rule(rf"{START}{number}{unit}({PER}*)", _single),
    )


def _range(match: "re.Match[str]") -> Said:
    low, high, unit, rate = match.groups()
    return f"{say_number(low)} đến {say_number(high)} {UNITS[unit]}{say_rate(rate)}"


def _product(match: "re.Match[str]") -> Said:
    one, other, unit, rate = match.groups()
    return f"{say_number(one)} nhân {say_number(other)} {UNITS[unit]}{say_rate(rate)}"


def _single(match: "re.Match[str]") -> Said:
    number, unit, rate = match.groups()
    if len(unit) == 1 and unit.isupper() and _NAMED.search(before(match)):
        return None
    return f"{say_number(number)} {UNITS[unit]}{say_rate(rate)}"
