"""Parts of a whole and one number over another: 2/3 số hộ, 18/240 trẻ."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import NUMBER, START, say_number, value
from tts.normalise.rules import Rule, Said, rule

# Small fractions are parts ("hai phần ba"); a count out of a total is "trên".
_LARGEST_PART = 10


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Whatever the dates did not want."""
    return (rule(rf"{START}({NUMBER})\s?/\s?({NUMBER})(?![\w/])", _say),)


def _say(match: "re.Match[str]") -> Said:
    upper, lower = match.groups()
    if value(upper) < value(lower) <= _LARGEST_PART and "," not in match[0]:
        # "một phần tư", as in "thứ tư".
        return f"{say_number(upper)} phần {'tư' if lower == '4' else say_number(lower)}"
    return f"{say_number(upper)} trên {say_number(lower)}"
