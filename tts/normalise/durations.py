"""Minutes and seconds: 30', 5 - 10 phút, 10p, 12"5, 15'20''."""

import re
from re import Match

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH, say_number
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import Doubt, Rule, Said, before, rule

_OPEN = r"(?<![\w/.,:°º'\"”])"
_SECOND = r"(?:''|’’|[\"”“″]|s)(?!\w)"
MINUTES_AND_SECONDS = rf"([0-5]?\d)\s?(?:['’′](?!['’])|ph?|phút)\s?([0-5]?\d)\s?{_SECOND}"
# Strokes behind what is measured across are inches.
_SIZED_BEFORE = re.compile(
    r"(?:tivi|ti vi|TV|màn hình|vòi|ống|nồi|bánh|lốp|đường kính)\b[^.;\n]*$", re.IGNORECASE
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """After the hours of the clock."""
    number = r"(\d{1,3})"
    strokes = r"(?:''|’’|″|(?<=\d)[\"”])(?![\w\"”])"
    return (
        rule(rf"{_OPEN}([0-5]?\d)['’′]([0-5]\d)[\"”″](\d{{1,2}})(?!\w)", _of_a_race),
        rule(rf"{_OPEN}{MINUTES_AND_SECONDS}", lambda match: minutes_and_seconds(*match.groups())),
        rule(rf"{_OPEN}(\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?{strokes}", _strokes),
        rule(rf"{_OPEN}{number}(?:\s?['’])?{DASH}{number}\s?(?:['’]|phút)(?!\w)({PER}*)", _range),
        rule(rf"{_OPEN}([1-9])\s?[xX×]\s?{number}\s?(?:['’]|phút)(?!\w)({PER}*)", _times),
        rule(rf"{_OPEN}(\d{{1,2}})p?{DASH}(\d{{1,2}})p(?!\w)({PER}*)", _range),
        rule(rf"{_OPEN}{number}\s?(?:['’]|phút)(?!\w)({PER}*)", _minutes),
        rule(rf"{_OPEN}(\d{{1,2}})p(?!\w)({PER}*)", _minutes),
        rule(rf"{_OPEN}{number}[\"”](?=\d)", lambda match: f"{cardinal(int(match[1]))} giây"),
    )


def minutes_and_seconds(minutes: str, seconds: str) -> str:
    """What MINUTES_AND_SECONDS found, in words."""
    return f"{cardinal(int(minutes))} phút {cardinal(int(seconds))} giây"


def _of_a_race(match: Match[str]) -> Said:
    """ "16'45\"32": and hundredths, without a name."""
    return f"{minutes_and_seconds(match[1], match[2])} {cardinal(int(match[3]))}"


def _strokes(match: Match[str]) -> Said:
    """Seconds or inches; a mark that closes a quotation is neither."""
    line, stroke = before(match, 200).rpartition("\n")[2], match[0][-1]
    if (stroke == '"' and line.count('"') % 2) or (stroke == "”" and "“" in line):
        return None
    number = say_number(match[1])
    if _SIZED_BEFORE.search(line):
        return f"{number} in"
    said = f"{number} giây"
    return Doubt(said) if stroke in '"”' else said


def _range(match: Match[str]) -> Said:
    return f"{cardinal(int(match[1]))} đến {cardinal(int(match[2]))} phút{say_rate(match[3])}"


def _times(match: Match[str]) -> Said:
    """ "2 x 15'" of a match."""
    many, minutes = (cardinal(int(match[n])) for n in (1, 2))
    return f"{many} nhân {minutes} phút{say_rate(match[3])}"


def _minutes(match: Match[str]) -> Said:
    return f"{cardinal(int(match[1]))} phút{say_rate(match[2])}"
