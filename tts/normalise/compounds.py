"""Abbreviations with a mark or a digit inside: đ/c, KT-XH, TT&TT, HĐND&UBND, H5N1, TDP7, UBNDX.

They are read before the families that would take a part of them: "9 đ/c" is no amount.
"""

import re

from tts.normalise.abbreviations import whole
from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.offices import glued
from tts.normalise.rules import Rule, Said, rule

_PART = r"[A-ZĐƯ]{2,}"
_JOINED = rf"(?<![\w&/.-]){_PART}(?:(?:\s?&\s?|[-–]){_PART})+(?![\w&/-])"
_GLUED = r"(?<![\w&/.-])[A-ZĐƯ]{3,12}(?![\w&/-])"
# "TDP7", "KDC5A": a place and its number.
_NUMBERED = r"(?<![\w&/.-])([A-ZĐ]{2,})\.?(\d{1,2})([A-ZĐ]?)(?![\w&/-]|[.,]\d)"
_PLACES = frozenset({
    "TDP", "KDC", "KCN", "CCN", "KKT", "KĐT", "KP", "KV", "KTX", "NVH", "CLB", "TBA",
})  # fmt: skip  # a list, read across
_FLOOD = re.compile(r"BĐI{1,3}[-–]")  # levels of a river, a range
# Of fewer letters and marks the case tells: "t/l" is not "T/L".
_LONG = 4


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Those that the lexicon lists, then any others of which it knows every part."""
    listed = {t: said for t, said in lexicon.abbreviations.items() if not t.isalpha()}
    any_case = {t.lower(): said for t, said in listed.items() if len(t) >= _LONG}
    known = lexicon.abbreviations | lexicon.parts
    bodies = {t: said for t, said in glued(lexicon).items() if t not in lexicon.abbreviations}

    def joined(match: "re.Match[str]") -> Said:
        pieces = re.split(r"(\s?&\s?|[-–])", match[0])
        if not all(part in known for part in pieces[::2]) or _FLOOD.match(match[0]):
            return None
        marks = [" và " if "&" in mark else ", " for mark in pieces[1::2]] + [""]
        return "".join(known[part] + mark for part, mark in zip(pieces[::2], marks, strict=True))

    def numbered(match: "re.Match[str]") -> Said:
        place, number, branch = match.groups()
        if place not in _PLACES:
            return None
        return f"{known[place]} {cardinal(int(number))} {spell(branch)}".rstrip()

    return (
        rule(whole(listed), lambda match: listed[match[0]]),
        rule(rf"(?i:{whole(any_case)})", lambda match: any_case[match[0].lower()]),
        rule(_JOINED, joined),
        rule(_NUMBERED, numbered),
        rule(_GLUED, lambda match: bodies.get(match[0])),
    )
