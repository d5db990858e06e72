"""Petrol and diesel by their standards: E5RON92-II, RON 95-III, DO 0,05S-II."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import say_number
from tts.normalise.romans import roman
from tts.normalise.rules import Rule, Said, rule

_LEVEL = r"(?:\s?-\s?(III|II|IV|V))?"
_PETROL = rf"(?<![\w.,])(?:E(5|10)\s?-?\s?)?RON\s?-?\s?(8\d|9\d){_LEVEL}(?![\w/])"
_DIESEL = rf"(?<!\w)(DO\s?)?(0[.,]0\d{{1,3}})\s?S{_LEVEL}(?![\w/-])"
_OIL = r"(?i:(?<=dầu ))(?P<it>([DFK]O))(?!\w)"
_OILS = {"DO": "đê ô", "FO": "ép ô", "KO": "ca ô"}


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """QCVN 01:2022/BKHCN; the level of emission is a Roman numeral."""
    return rule(_PETROL, _petrol), rule(_DIESEL, _diesel), rule(_OIL, lambda m: _OILS[m["it"]])


def _petrol(match: "re.Match[str]") -> Said:
    ethanol, octane, level = match.groups()
    blend = f"e {cardinal(int(ethanol))} " if ethanol else ""
    return f"{blend}ron {cardinal(int(octane))}{_level(level)}"


def _diesel(match: "re.Match[str]") -> Said:
    """Without its mark or a level "0,05S" may be seconds."""
    oil, sulphur, level = match.groups()
    if not oil and not level:
        return None
    number = say_number(sulphur.replace(".", ","))
    return f"{'đê ô ' if oil else ''}{number} ét sì{_level(level)}"


def _level(level: str | None) -> str:
    """With a pause, so that a price behind it is no part of it."""
    return f", {cardinal(roman(level))}," if level else ""
