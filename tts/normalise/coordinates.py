"""Places at sea, as storm warnings give them: 18,5°N - 107,2°E."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import START, say_number
from tts.normalise.rules import Rule, Said, rule

_SIDES = {"N": "vĩ Bắc", "B": "vĩ Bắc", "S": "vĩ Nam", "E": "kinh Đông", "Đ": "kinh Đông",
          "W": "kinh Tây", "T": "kinh Tây"}  # fmt: skip  # a table, read across


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """With a ring, or with tenths: "18.5N" (a bare "5N" may be anything)."""
    return (
        rule(rf"{START}(\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?[°º⁰˚]\s?([NSEWBĐT])(?!\w)", _say),
        rule(r"(?<![\w.,/])(\d{1,3}[.,]\d{1,2})\s?([NSEW])(?!\w)", _say),
    )


def _say(match: "re.Match[str]") -> Said:
    return f"{say_number(match[1])} độ {_SIDES[match[2]]}"
