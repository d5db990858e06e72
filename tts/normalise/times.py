"""Hours of the clock and their ranges: 7h30, 07:30, 20h00, 7h30 - 11h00, 24/24 giờ."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rules import Rule, Said, before, rule

_HOUR = r"(?:2[0-4]|1\d|0?\d)"
_MINUTE = r"[0-5]\d"
_TIME = rf"{_HOUR}(?:(?:\s?[hHg]\s?{_MINUTE}|[hH]\d)(?:\s?(?:phút|'|’|p))?|:{_MINUTE}|\s?[hH]|\s?giờ(?:\s?{_MINUTE}(?:\s?phút)?)?)"  # noqa: E501 one form of a clock time each
_OPEN = r"(?<![\w/.,:])"
# Without minutes "g" is a gram, but not after these.
_G_HOUR = r"(?i:(?<!\w)(?:lúc|vào|hồi|sáng|trưa|chiều|tối|đêm)(?: từ)?) "
_RATIO_BEFORE = re.compile(r"(?:tỷ|tỉ) (?:lệ|số)(?: \w+){0,3}:?\s*$", re.IGNORECASE)
_CLOSE = r"(?![\w/:]|[.,]\d)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges first; "24/24" is a promise, not a fraction."""
    return (
        rule(rf"{_OPEN}24\s?/\s?24\s?(?:h|giờ)?(?!\w)", _round_the_clock),
        rule(rf"{_OPEN}24\s?/\s?7(?!\w|/)", lambda _: "hai mươi tư trên bảy"),
        rule(rf"{_OPEN}({_TIME}|{_HOUR}){DASH}({_TIME}){_CLOSE}", _range),
        rule(rf"{_OPEN}({_TIME}){_CLOSE}", _single),
        rule(rf"{_G_HOUR}(?P<it>({_HOUR})\s?g{DASH}({_HOUR})\s?g)(?!\w)", _g_range),
        rule(
            rf"{_G_HOUR}(?P<it>({_HOUR})\s?g)(?!\w)", lambda match: f"{cardinal(int(match[2]))} giờ"
        ),
        rule(rf"{_OPEN}(\d{{1,3}})\s?(?:['’]|phút)(?!\w)", _minutes),
    )


def _round_the_clock(match: "re.Match[str]") -> Said:
    said = "hai mươi tư trên hai mươi tư"
    return f"{said} giờ" if match[0].endswith(("h", "giờ")) else said


def _range(match: "re.Match[str]") -> Said:
    return f"{_spoken(match[1])} đến {_spoken(match[2])}"


def _g_range(match: "re.Match[str]") -> Said:
    return f"{cardinal(int(match[2]))} giờ đến {cardinal(int(match[3]))} giờ"


def _single(match: "re.Match[str]") -> Said:
    if ":" in match[0] and _RATIO_BEFORE.search(before(match)):
        return None  # "tỷ lệ 1:20"
    return _spoken(match[1])


def _spoken(written: str) -> str:
    """Full hours end at "giờ": nobody says "không phút"."""
    numbers = re.findall(r"\d+", written)
    hour = cardinal(int(numbers[0]))
    if len(numbers) == 1 and written.strip() == numbers[0]:
        return hour  # the first of "7 - 11h"
    minutes = int(numbers[1]) if len(numbers) > 1 else 0
    return f"{hour} giờ {cardinal(minutes)} phút" if minutes else f"{hour} giờ"


def _minutes(match: "re.Match[str]") -> Said:
    return f"{cardinal(int(match[1]))} phút"
