"""The dash between two hours with their days: 22h ngày 30/11 - 4h ngày 01/12/2026."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, Said, before, rule

_HOUR = r"\d{1,2}\s?(?:[hg:]\s?(?:\d\d)?(?:'|\s?phút)?|giờ(?:\s?\d\d)?(?:\s?phút)?)"
_DAY = r",? (?:ngày )?\d{1,2}(?:/\d{1,2}(?:/\d{4})?)?"
_ENDS = re.compile(rf"(?<![\w/]){_HOUR}{_DAY}$")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Before the dates and the hours, which would take their own parts."""
    return (rule(rf"(?<=\d)\s?[-–—]\s?(?={_HOUR}{_DAY}(?!\w))", _dash),)


def _dash(match: "re.Match[str]") -> Said:
    return " đến " if _ENDS.search(before(match)) else None
