"""What stands after a slash behind an amount: đồng/hộ/tháng, km/h, lần/tuần."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import NUMBER, START, say_number
from tts.normalise.rules import Rule, Said, rule
from tts.normalise.units import UNITS

_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True) if u[0].isalpha())
_WORD = r"[a-zà-öø-ýăđĩũơưạ-ỹ]{2,}"
PER = rf"(?:\s?/\s?(?:(?:{_UNIT})(?![\w²³])|{_WORD}))"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """A counted thing by another: "03 lần/tuần", "20kg gạo/khẩu/tháng"."""
    counted = rf"(?:{_WORD}\s){{0,2}}{_WORD}"
    return (
        rule(rf"(?<=[^\W\d])\s?/\s?({NUMBER})\s?({_UNIT})(?!\w)", _per_many),
        rule(rf"{START}({NUMBER})\s?({_UNIT}) ({counted})({PER}+)(?!\w)", _measured),
        rule(rf"{START}({NUMBER}) ({counted})({PER}+)(?!\w)", _counted),
    )


def say_rate(written: str) -> str:
    """ "/hộ/tháng" → " một hộ một tháng", "/h" → " trên giờ"; nothing for nothing.

    People say "một" before what they count, "trên" before a unit.
    """
    parts = filter(None, (part.strip() for part in written.split("/")))
    return "".join(f" trên {UNITS[part]}" if part in UNITS else f" một {part}" for part in parts)


def _per_many(match: "re.Match[str]") -> Said:
    """ "5 lít/100 km"."""
    return f"trên {say_number(match[1])} {UNITS[match[2]]}"


def _measured(match: "re.Match[str]") -> Said:
    """ "20kg gạo/khẩu"."""
    number, unit, thing, rate = match.groups()
    return f"{say_number(number)} {UNITS[unit]} {thing}{say_rate(rate)}"


def _counted(match: "re.Match[str]") -> Said:
    number, thing, rate = match.groups()
    if thing.split()[-1] in UNITS:
        return None
    return f"{say_number(number)} {thing}{say_rate(rate)}"
