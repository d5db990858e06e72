"""Dates and their ranges: 02/12/2026, 10 - 12/12/2026, 30/4 where a day is meant."""

import re

from tts.normalise.calendar import day, exists, month, year
from tts.normalise.day_cues import is_day, is_open
from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH
from tts.normalise.rules import Doubt, Rule, Said, after, before, rule

D = r"(?:[12]\d|3[01]|0?[1-9])"
M = r"(?:1[0-2]|0?[1-9])"
Y = r"(?:1\d|20)\d{2}"
_S = r"\s?[/.\-–—]\s?"
_DASH = r"\s?[-–—]\s?"
OPEN = r"(?<![\w/.,\-])"
_FIRST = rf"{OPEN}(?<!hứ )"  # "thứ 3 - 15/9" is one day
CLOSE = r"(?![\w/]|[.,\-]\d)"
_DMY = rf"{D}\s?(?:/\s?{M}\s?/|\.{M}\.|-{M}-|{_DASH}{M}{_DASH})\s?{Y}"
_DM = rf"{D}/{M}"
_DAY_NAMED = re.compile(r"(?:mùng|mồng|rằm)\s*$", re.IGNORECASE)
_DAY_MEANT = re.compile(r"(?:ngày|hôm nay|sáng|trưa|chiều|tối|đêm|hạn|hết)\s*\(?$", re.IGNORECASE)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Longest forms first."""
    return (
        rule(rf"{_FIRST}({_DMY}|{_DM}|{D}){DASH}({_DMY}){CLOSE}", _range),
        rule(rf"{OPEN}({_DMY}){CLOSE}", _single),
        rule(rf"{OPEN}({D}/{M}/\d{{3,4}}){CLOSE}", _odd_year),
        rule(rf"(?i:(?<=ngày ))({D}\s?\.\s?{M}\s?\.\s?{Y}){CLOSE}", _single),
        rule(rf"{OPEN}((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){CLOSE}", _iso),
        rule(rf"{OPEN}({D}[/.-]{M}[/.-]\d\d){CLOSE}", _short_year),
        rule(rf"{_FIRST}({_DM}|{D}){DASH}({_DM}){CLOSE}", _day_range),
        rule(rf"{OPEN}({_DM}){CLOSE}", _day),
        rule(rf"(?i:(?<=ngày))(?: |\.{{2,}}|…|_+)+/\s?({M})\s?/\s?({Y}){CLOSE}", _without_day),
        rule(rf"(?:(?<=\dh)|(?<=h\d\d)|(?<=giờ))/({_DMY}|{_DM}){CLOSE}", _behind_an_hour),
        rule(rf"(?:(?<=[hg]-)|(?<=[hg:]\d\d-))({_DM}){CLOSE}", _single),
    )


def spoken(written: str) -> str:
    """ "12", "12/12" or "12/12/2026", with any mark between."""
    parts = re.split(_S, written)
    said = day(parts[0])
    if len(parts) > 1:
        said += f" tháng {month(parts[1])}"
    return f"{said} {year(parts[2])}" if len(parts) > 2 else said


def doubted(written: str, said: str) -> Said:
    """A day that no calendar has is said as it stands, and reported."""
    numbers = [int(part) for part in re.split(_S, written)]
    full_year = numbers[2] if len(numbers) > 2 and numbers[2] > 99 else None
    return said if exists(numbers[0], numbers[1], full_year) else Doubt(said)


def _odd_year(match: "re.Match[str]") -> Said:
    """ "15/8/5014": a slip of the keyboard, said as it stands."""
    return Doubt(spoken(match[1]))


def _range(match: "re.Match[str]") -> Said:
    return doubted(match[2], f"{spoken(match[1])} đến {spoken(match[2])}")


def _single(match: "re.Match[str]") -> Said:
    said = spoken(match[1])
    said = said.removeprefix("mùng ") if _DAY_NAMED.search(before(match)) else said
    return doubted(match[1], said)


def _iso(match: "re.Match[str]") -> Said:
    written = f"{match[3]}/{match[2]}/{match[1]}"
    return doubted(written, spoken(written))


def _short_year(match: "re.Match[str]") -> Said:
    """ "5/12/26": sure only behind a word for a day."""
    if len(set(re.findall(r"[/.-]", match[1]))) > 1:
        return None
    said = spoken(match[1])
    return doubted(match[1], said) if _DAY_MEANT.search(before(match)) else Doubt(said)


def _day_range(match: "re.Match[str]") -> Said:
    """ "30/4 - 1/5": the first end tells too."""
    right = after(match)
    said = f"{spoken(match[1])} đến {spoken(match[2])}"
    if any(is_day(end, before(match), right) for end in match.groups() if "/" in end):
        return doubted(match[2], said)
    # "2-9/9": no range ends in a part of something.
    first, last, of_month = (*re.findall(r"\d+", match[1] + "-" + match[2]), "")[:3]
    bare = "/" not in match[1] and first < last == of_month.lstrip("0")
    return Doubt(said) if bare else None


def _without_day(match: "re.Match[str]") -> Said:
    """ "ngày .../11/2026": the day will be written by hand."""
    return Doubt(f" , tháng {month(match[1])} {year(match[2])}")


def _behind_an_hour(match: "re.Match[str]") -> Said:
    """ "7h/23/11"."""
    return doubted(match[1], f", {spoken(match[1])}")


def _day(match: "re.Match[str]") -> Said:
    left, right = before(match), after(match)
    if not is_day(match[1], left, right):
        return None
    return Doubt(spoken(match[1])) if is_open(match[1], left, right) else _single(match)
