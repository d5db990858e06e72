"""Minutes and seconds: 30', 5 - 10 phút, 10p, 12"5."""

from re import Match

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import Rule, Said, rule

_OPEN = r"(?<![\w/.,:])"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """After the hours of the clock."""
    number = r"(\d{1,3})"
    return (
        rule(rf"{_OPEN}{number}(?:\s?['’])?{DASH}{number}\s?(?:['’]|phút)(?!\w)({PER}*)", _range),
        rule(rf"{_OPEN}{number}\s?(?:['’]|phút)(?!\w)({PER}*)", _minutes),
        rule(rf"{_OPEN}(\d{{1,2}})p(?!\w)({PER}*)", _minutes),
        rule(rf"{_OPEN}{number}[\"”](?=\d)", lambda match: f"{cardinal(int(match[1]))} giây"),
    )


def _range(match: Match[str]) -> Said:
    return f"{cardinal(int(match[1]))} đến {cardinal(int(match[2]))} phút{say_rate(match[3])}"


def _minutes(match: Match[str]) -> Said:
    return f"{cardinal(int(match[1]))} phút{say_rate(match[2])}"
