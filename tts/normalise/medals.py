"""Medals in short: "2V - 3B - 5Đ" is two of gold, three of silver, five of bronze."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import say_number
from tts.normalise.rules import Rule, Said, before, rule

_METALS = {"V": "vàng", "B": "bạc", "Đ": "đồng"}
_ONE = r"\d{1,3}\s?[VBĐ]"
_WON = re.compile(r"(?i:huy chương|giành|đoạt|đạt|thành tích)[^.;\n]{0,24}$")
_ROW = rf"(?<!\w){_ONE}(?:\s?[-–,;+]\s?{_ONE}){{1,2}}(?!\w)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """All three in a row, or two where something is won ("pin 12V, 5B" is no medal)."""
    return (rule(_ROW, _row),)


def _row(match: "re.Match[str]") -> Said:
    found = re.findall(r"(\d+)\s?([VBĐ])", match[0])
    metals = [metal for _, metal in found]
    if len(set(metals)) < len(metals) or metals != sorted(metals, key="VBĐ".index):
        return None
    if len(found) == len(_METALS) or _WON.search(before(match, 40)):
        return ", ".join(f"{say_number(count)} {_METALS[metal]}" for count, metal in found)
    return None
