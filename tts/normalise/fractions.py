"""Parts of a whole and one number over another: 2/3 số hộ, 18/240 trẻ, 1:20."""

import re

from tts.normalise.dates import NUMBER_BEFORE
from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import NUMBER, START, say_number, value
from tts.normalise.rules import Doubt, Rule, Said, after, before, rule

# Small fractions are parts ("hai phần ba"); a count out of a total is "trên".
_LARGEST_PART = 10
# A part is a part of something; what is followed by none of this may be a day.
_NO_WORD_AFTER = re.compile(r"\s*(?:$|[^\w\s]|(?:và|đến|tại|âm|dương|hằng|hàng|này|tới|là)\b)")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Whatever the dates did not want."""
    return (
        rule(rf"{START}({NUMBER})\s?/\s?({NUMBER})(?![\w/])", _say),
        rule(rf"{START}(?<!:)({NUMBER}):({NUMBER})(?![\w/:])", _ratio),
    )


def _say(match: "re.Match[str]") -> Said:
    upper, lower = match.groups()
    if value(upper) < value(lower) <= _LARGEST_PART and "," not in match[0]:
        # "một phần tư", as in "thứ tư".
        said = f"{say_number(upper)} phần {'tư' if lower == '4' else say_number(lower)}"
        unsaid = _NO_WORD_AFTER.match(after(match)) and not NUMBER_BEFORE.search(before(match))
        return Doubt(said) if unsaid else said  # it may be a day
    return _ratio(match)


def _ratio(match: "re.Match[str]") -> Said:
    return f"{say_number(match[1])} trên {say_number(match[2])}"
