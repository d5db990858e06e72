"""Days with an English month, as computers and foreign papers write them: 15 June 2026, Sep 5th."""

import re

from tts.normalise.calendar import day, month, year
from tts.normalise.dates import CLOSE, OPEN, D, Y, doubted
from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, Said, rule

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip  # read across
# "May 15 áo" sews: that month stands only beside a year or "15th".
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_LONG = "|".join(name.capitalize() for name in MONTHS if name != "may")
_NAME = rf"(?:{_LONG}|(?:{_SHORT})\.?|{_LONG.upper()}|{_SHORT.upper()})"
_ANY = rf"(?:{_NAME}|May|MAY)"
_DAY = rf"({D})(?:st|nd|rd|th|ST|ND|RD|TH)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """The day before the month or behind it, with a year or without."""
    return (
        rule(rf"{OPEN}(?:{_DAY}|({D}))[ /-]({_ANY})(?:,? |/|-)({Y}){CLOSE}", _day_first),
        rule(rf"{OPEN}(?:{_DAY}|({D})) ({_NAME})()(?!\w)", _day_first),
        rule(rf"{OPEN}{_DAY}() (?:of )?({_ANY})()(?!\w)", _day_first),
        rule(rf"(?<!\w)({_ANY}) (?:{_DAY}|({D})),? ({Y}){CLOSE}", _month_first),
        rule(rf"(?<!\w)({_NAME}) (?:{_DAY}|({D}))(){CLOSE}", _month_first),
        rule(rf"(?<!\w)({_ANY}) {_DAY}()()(?!\w)", _month_first),
    )


def _day_first(match: "re.Match[str]") -> Said:
    return _said(match[1] or match[2], match[3], match[4])


def _month_first(match: "re.Match[str]") -> Said:
    return _said(match[2] or match[3], match[1], match[4])


def _said(of_month: str, name: str, of_year: str) -> Said:
    number = next(str(at) for at, full in enumerate(MONTHS, 1) if full.startswith(name.lower()[:3]))
    said = f"{day(of_month)} tháng {month(number)}"
    written = f"{of_month}/{number}/{of_year}" if of_year else f"{of_month}/{number}"
    return doubted(written, f"{said} {year(of_year)}" if of_year else said)
