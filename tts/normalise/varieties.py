"""Varieties of rice by letters and a number: OM 5451, IR50404: farmers say digit by digit."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.rules import Rule, Said, rule

_SERIES = "OMCS|OM|IRRI|IR|MTL|TBR|VNR|VTNA|BTE"
_LONG = 4  # digits; shorter ones are numbers: OM18


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Before the numbers, which would make thousands of them."""
    return (rule(rf"(?<![\w.-])({_SERIES})[ -]?(\d{{2,6}})(?![\w/%]|[.,]\d)", _say),)


def _say(match: "re.Match[str]") -> Said:
    series, number = match.groups()
    said = digit_by_digit(number) if len(number) >= _LONG else cardinal(int(number))
    return f"{spell(series)} {said}"
