"""Kinds of places shortened before a name: TP. Lào Cai, P. Nam Cường, H. Văn Bàn, TT. Sa Pa."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, Said, rule

_KINDS = {
    "t": "tỉnh", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường",
    "q": "quận", "h": "huyện", "x": "xã", "ph": "phường", "th": "thôn", "kp": "khu phố",
}  # fmt: skip  # a table, read across
_DOTTED = r"(?<![\w.])(TP|Tp|tp|TX|Tx|TT|Tt|KP|T|P|Q|H|X|p|q|h|x|t)\.\s?(?=(\w))"
_BARE = r"(?<![\w.])(TP|Tp|TX|Tx) (?=(\w))"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Only before a capital, or a number for a ward or district ("P.5")."""
    return rule(_DOTTED, _say), rule(_BARE, _say)


def _say(match: "re.Match[str]") -> Said:
    kind, next_letter = match[1].lower(), match[2]
    numbered = next_letter.isdigit() and kind in ("p", "q", "kp")
    return f"{_KINDS[kind]} " if next_letter.isupper() or numbered else None
