"""Months and quarters with their years, their ranges and lists: 12/2026, tháng 4,5,6, T9/2026."""

import re

from tts.normalise.calendar import month, year
from tts.normalise.dates import CLOSE, OPEN, M
from tts.normalise.day_cues import is_open, is_share
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.romans import roman
from tts.normalise.rules import Doubt, Rule, Said, after, before, rule
from tts.normalise.units import NO_MEASURE

_MY = rf"{M}/(?:1[89]|20)\d{{2}}"
_END = r"(?![\w/%]|[.,]\d)"
# "lương hưu T12", "tiền điện T7": what is paid by the month.
_PAID_BY = r"lương(?: hưu)?|trợ cấp|phụ cấp|tiền (?:điện|nước)|cước|học phí|hóa đơn|hoá đơn|kỳ cước"
_NAMED = re.compile(r"(?:tháng|quý|kỳ|đợt|lần|số|khóa|quyển|tập|cuốn|khoá)\s*$", re.IGNORECASE)
_YEAR = r"(?P<to>(?:/(?P<year>(?:19|20)\d\d))?)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Quarters first: "quý 1, 2/2026" has no month."""
    joint = rf"(?:,\s?| và |{DASH}(?:quý )?)"
    tight = rf"(?:,{M})+"
    return (
        rule(rf"(?i:(?<=quý ))(?P<it>[1-4](?:{joint}[1-4])+){_YEAR}{_END}{NO_MEASURE}", _quarters),
        rule(r"(?<![\w.])Q\.?\s?([1-4]|IV|I{1,3})[/-]((?:19|20)\d\d)(?![\w/-])", _short_quarter),
        rule(
            r"(?i:(?<=quý ))([1-4])\s?[-–—]\s?((?:19|20)\d\d)(?![\w/-])",
            lambda match: f"{cardinal(int(match[1]))} {year(match[2])}",
        ),
        rule(rf"{OPEN}({_MY}|{M}){DASH}(?:[Tt]háng )?({_MY}){CLOSE}", _range),
        rule(rf"(?<!\w)[Tt]({M})(?:/(20\d\d))?{DASH}[Tt]({M})/(20\d\d){CLOSE}", _short_range),
        rule(rf"(?<!\w)[Tt]({M})/(20\d\d){CLOSE}", _short),
        rule(
            rf"(?i:(?<!\w)(?:{_PAID_BY})) (?P<it>T({M}))(?![\w/-]|[.,]\d)",
            lambda match: f"tháng {month(match[2])}",
        ),
        rule(
            rf"(?<![\w.,/])({M})T/(20\d\d){CLOSE}",
            lambda match: f"{cardinal(int(match[1]))} tháng {year(match[2])}",
        ),
        rule(rf"(?i:(?<=tháng ))(?P<it>{M}{tight}){_YEAR}{_END}{NO_MEASURE}", _list),
        rule(rf"(?i:(?<=tháng ))(?P<it>{M}(?:, {M})+)(?P<to>/(?P<year>20\d\d))(?!\w)", _list),
        rule(rf"(?i:(?<=tháng ))(?P<it>{M}(?:, {M})+)(?=\s?[.;:)\n]|\s*$| năm \d)", _list),
        rule(rf"(?i:(?<=tháng ))(?P<it>({M}){DASH}(?:[Tt]háng )?({M})){_END}", _bare_range),
        rule(rf"(?i:(?<=tháng ))(?P<it>({M}) và ({M}))(?= năm \d|\s?[.;:)\n,]|\s*$)", _both),
        rule(rf"(?i:(?<=tháng ))({M})\s?[-–—]\s?((?:19|20)\d\d){CLOSE}", _with_year),
        rule(rf"{OPEN}({_MY}){CLOSE}", _single),
        rule(r"(?i:(?<=tháng ))(?P<it>0?4)(?![\w/%]|[.,]\d)", lambda _: "tư"),
        rule(r"(?:(?<=háng)|(?<=uý)|(?<=kỳ)|(?<=ợt)|(?<=vụ))/((?:19|20)\d\d)(?!\w)", _of_a_year),
    )


def _quarters(match: "re.Match[str]") -> Said:
    said = re.sub(rf"{DASH}(?:quý )?", " đến quý ", match["it"])
    said = re.sub(r",\s?", ", ", said)
    said = re.sub(r"\d", lambda number: cardinal(int(number[0])), said)
    return f"{said} {year(match['year'])}" if match["year"] else said


def _short_quarter(match: "re.Match[str]") -> Said:
    """ "Q4/2026", "Q.IV/2026"."""
    number = match[1] if match[1].isdigit() else str(roman(match[1]))
    return f"quý {cardinal(int(number))} {year(match[2])}"


def _range(match: "re.Match[str]") -> Said:
    first = _spoken(match[1], named=bool(_NAMED.search(before(match))))
    return f"{first} đến tháng {_spoken(match[2], named=True)}"


def _single(match: "re.Match[str]") -> Said:
    left, right = before(match), after(match)
    if is_share(match[1], left, right):
        return None
    said = _spoken(match[1], named=bool(_NAMED.search(left)))
    return Doubt(said) if is_open(match[1], left, right) else said


def _spoken(written: str, *, named: bool) -> str:
    number, _, of_year = written.partition("/")
    said = month(number) if named else f"tháng {month(number)}"
    return f"{said} {year(of_year)}" if of_year else said


def _with_year(match: "re.Match[str]") -> Said:
    """ "tháng 5 - 2026"."""
    return f"{month(match[1])} {year(match[2])}"


def _short(match: "re.Match[str]") -> Said:
    """ "T9/2026"."""
    return f"tháng {month(match[1])} {year(match[2])}"


def _short_range(match: "re.Match[str]") -> Said:
    first, first_year, last, last_year = match.groups()
    start = f"{month(first)} {year(first_year)}" if first_year else month(first)
    return f"tháng {start} đến tháng {month(last)} {year(last_year)}"


def _list(match: "re.Match[str]") -> Said:
    said = ", ".join(map(month, re.split(r",\s?", match["it"])))
    of_year = match.groupdict().get("year")
    return f"{said} {year(of_year)}" if of_year else said


def _bare_range(match: "re.Match[str]") -> Said:
    return f"{month(match[2])} đến tháng {month(match[3])}"


def _both(match: "re.Match[str]") -> Said:
    return f"{month(match[2])} và {month(match[3])}"


def _of_a_year(match: "re.Match[str]") -> Said:
    """ "9 tháng/2026"."""
    return year(match[1])
