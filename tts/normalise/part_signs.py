"""Parts of a whole in one sign: ½ viên, 2½ ha, ½ - 1 viên."""

import re
import unicodedata

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH, NUMBER, say_number, value
from tts.normalise.rules import Rule, Said, rule
from tts.normalise.units import UNITS

SIGNS = "¼½¾⅐-⅞"
_PART = rf"(?:\d{{1,4}}\s?)?[{SIGNS}]"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_END = rf"(?:\s?(?P<unit>{_UNIT}))?(?!\w)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """A range of two amounts, of which one has such a sign, and one alone."""
    start = r"(?<![\w.,/])"
    return (
        rule(rf"{start}({_PART}){DASH}({_PART}|{NUMBER}){_END}", _range),
        rule(rf"{start}({NUMBER}){DASH}({_PART}){_END}", _range),
        rule(rf"{start}({_PART}){_END}", _single),
    )


def part(upper: str, lower: str) -> str:
    """ "một phần tư", as in "thứ tư"."""
    return f"{say_number(upper)} phần {'tư' if lower == '4' else say_number(lower)}"


def _split(written: str) -> tuple[str, str, str]:
    """ "2½" is ("2", "1", "2"), a plain number ("2", "", "")."""
    upper, slash, lower = unicodedata.normalize("NFKC", written[-1]).partition("⁄")
    return (written[:-1].strip(), upper, lower) if slash else (written, "", "")


def _worth(written: str) -> float:
    whole, upper, lower = _split(written)
    return (value(whole) if whole else 0) + (int(upper) / int(lower) if lower else 0)


def _said(written: str) -> str:
    whole, upper, lower = _split(written)
    return " và ".join(
        [*([say_number(whole)] if whole else []), *([part(upper, lower)] if lower else [])]
    )


def _with_unit(match: "re.Match[str]", said: str) -> str:
    return f"{said} {UNITS[match['unit']]}" if match["unit"] else said


def _range(match: "re.Match[str]") -> Said:
    if _worth(match[1]) >= _worth(match[2]):
        return None
    return _with_unit(match, f"{_said(match[1])} đến {_said(match[2])}")


def _single(match: "re.Match[str]") -> Said:
    return _with_unit(match, _said(match[1]))
