"""Plain numbers and their ranges: whatever no other family has spoken."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH, NUMBER, SIGNED, say_number, value
from tts.normalise.rules import Rule, Said, rule

_OPEN = r"(?<![\w])(?<!\d[.,])"
_CLOSE = r"(?!\w|[.,]\d)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges, section numbers ("1.2.3"), single numbers, lists, decimals of an unknown unit."""
    return (
        rule(rf"{_OPEN}({SIGNED}){DASH}({NUMBER}){_CLOSE}", _range),
        rule(rf"{_OPEN}\d+(?:\.\d+)+(?!\w)", _sections),
        rule(rf"{_OPEN}({SIGNED}){_CLOSE}", lambda match: say_number(match[1])),
        rule(rf"{_OPEN}\d+(?:[.,]\d+)+(?!\w)", _list),
        rule(rf"{_OPEN}(\d+,\d+)(?=[^\W\d_])", lambda match: say_number(match[1])),
    )


def _range(match: "re.Match[str]") -> Said:
    """Rising numbers are a range, others (a score, a pair) are said one after the other."""
    low, high = match.groups()
    join = " đến " if value(low) < value(high) else ", "
    return f"{say_number(low)}{join}{say_number(high)}"


def _sections(match: "re.Match[str]") -> Said:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", match[0]):
        return None  # grouped thousands
    return " chấm ".join(cardinal(int(part)) for part in match[0].split("."))


def _list(match: "re.Match[str]") -> Said:
    return ", ".join(map(say_number, re.split(r"[.,]", match[0])))
