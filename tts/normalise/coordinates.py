"""Places at sea, as storm warnings give them: 18,5°N - 107,2°E."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH, NUMBER, START, say_number
from tts.normalise.rules import Rule, Said, rule

_SIDES = {"N": "vĩ Bắc", "B": "vĩ Bắc", "S": "vĩ Nam", "E": "kinh Đông", "Đ": "kinh Đông",
          "W": "kinh Tây", "T": "kinh Tây"}  # fmt: skip  # a table, read across
# "15,5-16,5N; 110-111E"
_FIELD = rf"{START}({NUMBER})\s?[°º]?{DASH}({NUMBER})\s?[°º]?\s?([NBSEĐWT])"
_TENTHS = r"(\d{1,3}[.,]\d{1,2})\s?"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """With a ring, or a pair with tenths: a bare "0,05S" may be a kind of oil."""
    angle = r"(\d{1,3})\s?[°º]\s?(\d{1,2})\s?['’′](?:\s?(\d{1,2})\s?(?:''|[\"”″]))?"
    place = r"(\d{1,3}(?:[.,]\d{1,2})?)\s?[°º⁰˚]\s?"
    sep = r"\s?[-–,;]\s?"
    return (
        rule(rf"{_FIELD}{sep}{_FIELD}(?!\w)", _area),
        rule(rf"{_FIELD}(?<=[°º][NSEB])(?!\w)", _band),
        rule(
            r"(?i:(?:vĩ|kinh) độ:? )(?P<it>(\d{1,3}(?:[.,]\d{1,2})?)\s?[°º]?\s?([NSEWBĐ]))(?!\w)",
            lambda match: f"{say_number(match[2])} độ {_SIDES[match[3]].split()[1]}",
        ),
        rule(rf"{START}{angle}(?:\s?([NSEWBĐT])(?!\w))?", _angle),
        rule(rf"{START}({place}([NSB])){sep}({place}([EWĐ]))(?!\w)", _at),
        rule(rf"{START}{place}([NSEWBĐT])(?!\w)", _say),
        rule(rf"(?<![\w.,/]){_TENTHS}([NS])\s?[-–,;]\s?{_TENTHS}([EW])(?!\w)", _pair),
    )


def _say(match: "re.Match[str]") -> Said:
    return f"{say_number(match[1])} độ {_SIDES[match[2]]}"


def _at(match: "re.Match[str]") -> Said:
    north, n, east, e = match.group(2, 3, 5, 6)
    return f"{say_number(north)} độ {_SIDES[n]}, {say_number(east)} độ {_SIDES[e]}"


def _band(match: "re.Match[str]") -> Said:
    return _stretch(*match.groups())


def _area(match: "re.Match[str]") -> Said:
    return f"{_stretch(*match.group(1, 2, 3))}, {_stretch(*match.group(4, 5, 6))}"


def _stretch(low: str, high: str, side: str) -> str:
    return f"{say_number(low)} đến {say_number(high)} độ {_SIDES[side]}"


def _angle(match: "re.Match[str]") -> Said:
    """ "22°28'45\"N"."""
    degrees, minutes, seconds, side = match.groups()
    said = f"{say_number(degrees)} độ {say_number(minutes)} phút"
    said += f" {say_number(seconds)} giây" if seconds else ""
    return f"{said} {_SIDES[side]}" if side else said


def _pair(match: "re.Match[str]") -> Said:
    north, n, east, e = match.groups()
    return f"{say_number(north)} độ {_SIDES[n]}, {say_number(east)} độ {_SIDES[e]}"
