"""Numbers as they are written: grouped by dots or spaces, decimals after a comma, signed."""

import re

from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.rules import MASK

_GROUPED = r"\d{1,3}(?:\.\d{3})+(?![\d])"
_SPACED = r"[1-9]\d{0,2}(?: \d{3})+(?![\d])"
# "2,500,000": two commas and more group thousands, as on English keyboards.
_COMMAS = r"[1-9]\d{0,2}(?:,\d{3}){2,}(?![\d,])"
_DOTTED = r"\d+\.\d{1,2}(?![\d.]|,\d)"
# Not in the middle of a word, a number or a code.
START = (  # but after "BĐ2 ", "ST25 "
    r"(?:(?<![\w.,/])|(?<=[,/])(?=[-–−]\d))(?<!(?<![^\W\d_])(?<![^\W\d_]\d)\d[ ])"
)
NUMBER = rf"(?:{_COMMAS}|{_DOTTED}|(?:{_GROUPED}|{_SPACED}|\d+)(?:,\d+)?)"
# A minus stands right before its number and right behind nothing that it could join to it; Word
# makes an en dash of it.
MINUS = rf"(?:(?:(?<![\w.)\]%°{MASK}–−-])|(?<=[%C][-–−]))[-–−](?=\d))?"
SIGNED = rf"{MINUS}{NUMBER}"
DASH = r"\s?(?:[-–—−÷~]|->|→)\s?"
_LONGEST = 15


def say_number(written: str) -> str:
    """Say one written number: "25.000", "25 000", "2,500,000", "37,5", "05", "-5", "2.5"."""
    if written[0] in "-–−":
        return f"âm {say_number(written[1:])}"
    plain = written.replace(" ", "")
    if plain.count(",") > 1:
        plain = plain.replace(",", "")
    if re.fullmatch(r"\d+\.\d{1,2}", plain):
        plain = plain.replace(".", ",")  # a point before tenths is a Vietnamese comma
    whole, _, decimals = plain.partition(",")
    said = _whole(whole.replace(".", ""))
    return f"{said} phẩy {_decimals(decimals)}" if decimals else said


def _whole(digits: str) -> str:
    """Two digits with a zero in front ("05 hộ") are a number; longer ones are a code."""
    if len(digits) > _LONGEST or digits == "00" or (len(digits) > 2 and digits[0] == "0"):
        return digit_by_digit(digits)
    return cardinal(int(digits))


def _decimals(digits: str) -> str:
    """ "5", "25" as numbers; "05", "125" digit by digit, so that no zero is lost."""
    if len(digits) > 2 or digits[0] == "0":
        return digit_by_digit(digits)
    return cardinal(int(digits))


def value(written: str) -> float:
    """What a written number is worth, to tell a range (5-10) from a score (2-1)."""
    plain = re.sub("[–−]", "-", written)
    if plain.count(",") > 1:
        plain = plain.replace(",", "")
    return float(re.sub(r"[ .](?=\d{3})", "", plain).replace(",", "."))
