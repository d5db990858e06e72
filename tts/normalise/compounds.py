"""Abbreviations with a mark or a digit inside: đ/c, KT-XH, TT&TT, HĐND&UBND, H5N1.

They are read before the families that would take a part of them: "9 đ/c" is no amount.
"""

import re

from tts.normalise.abbreviations import whole
from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, Said, rule

_PART = r"[A-ZĐƯ]{2,}"
_JOINED = rf"(?<![\w&/.-]){_PART}(?:(?:\s?&\s?|[-–]){_PART})+(?![\w&/-])"


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Those that the lexicon lists, then any others of which it knows every part."""
    listed = {t: said for t, said in lexicon.abbreviations.items() if not t.isalpha()}
    known = lexicon.abbreviations | lexicon.parts

    def joined(match: "re.Match[str]") -> Said:
        pieces = re.split(r"(\s?&\s?|[-–])", match[0])
        if not all(part in known for part in pieces[::2]):
            return None
        marks = [" và " if "&" in mark else ", " for mark in pieces[1::2]] + [""]
        return "".join(known[part] + mark for part, mark in zip(pieces[::2], marks, strict=True))

    return rule(whole(listed), lambda match: listed[match[0]]), rule(_JOINED, joined)
