"""Sums of money, their ranges and rates: 25.000 đ/hộ/tháng, 60.000đ - 120.000đ, 1,2 tỷ đồng."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH, NUMBER, START, say_number
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import Rule, Said, rule

_CURRENCIES = {
    "đ": "đồng", "₫": "đồng", "đồng": "đồng", "vnđ": "đồng", "vnd": "đồng",
    "usd": "đô la Mỹ", "$": "đô la", "€": "ơ rô", "eur": "ơ rô",
}  # fmt: skip  # a table, read across
_SIZES = {"tr": "triệu", "k": "nghìn", "ngàn": "nghìn", "tỉ": "tỷ"}
_SIZE = r"(?:\s?(nghìn|ngàn|triệu|tỷ|tỉ|tr|k)\.?(?!\w(?<!đ)))?"
_CURRENCY = r"\s?(đồng|[Vv][Nn][DdĐđ]|USD|EUR|đ|₫|\$|€)(?![\w])"
_OPTIONAL = r"(?:\s?(?:đồng|[Vv][Nn][DdĐđ]|USD|đ|₫)(?!\w))?"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges first; the dollar sign may stand in front."""
    number = f"({NUMBER})"
    low = rf"{number}{_SIZE}{_OPTIONAL}"
    return (
        rule(rf"{START}{low}{DASH}{number}{_SIZE}{_CURRENCY}({PER}*)", _range),
        rule(rf"{START}{number}{_SIZE}{_CURRENCY}({PER}*)", _single),
        rule(rf"{START}{number}{DASH}{number}\s?(k|tr)(?!\w)({PER}*)", _short_range),
        rule(rf"{START}{number}\s?(k|tr)(?!\w)({PER}*)", _short),
        rule(rf"(?<![\w$])\$\s?{number}", lambda match: f"{say_number(match[1])} đô la"),
    )


def _range(match: "re.Match[str]") -> Said:
    low, low_size, high, size, currency, rate = match.groups()
    name = _CURRENCIES[currency.lower()]
    first = _amount(low, low_size)
    # "60.000đ - 120.000đ" names its currency twice, "60.000 - 120.000đ" once.
    named = re.search(r"(?:đồng|[Vv][Nn][DdĐđ]|USD|đ|₫)\s?[-–—−÷]", match[0])
    first = f"{first} {name}" if named else first
    return f"{first} đến {_amount(high, size)} {name}{say_rate(rate)}"


def _single(match: "re.Match[str]") -> Said:
    number, size, currency, rate = match.groups()
    return f"{_amount(number, size)} {_CURRENCIES[currency.lower()]}{say_rate(rate)}"


def _short_range(match: "re.Match[str]") -> Said:
    low, high, size, rate = match.groups()
    return f"{say_number(low)} đến {_amount(high, size)}{say_rate(rate)}"


def _short(match: "re.Match[str]") -> Said:
    number, size, rate = match.groups()
    return f"{_amount(number, size)}{say_rate(rate)}"


def _amount(number: str, size: str | None) -> str:
    return f"{say_number(number)} {_SIZES.get(size, size)}" if size else say_number(number)
