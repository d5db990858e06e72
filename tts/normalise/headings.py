"""Lines in capitals: whether a word stands in one."""

import re

from tts.normalise.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 20  # characters to each side: the longest syllable has seven letters


def in_heading(match: "re.Match[str]") -> bool:
    """Whether a neighbouring word is in capitals too; an abbreviation beside makes no heading."""
    left = _WORD.findall(match.string, max(0, match.start() - _REACH), match.start())
    right = _WORD.findall(match.string, match.end(), match.end() + _REACH)
    return any(
        word.isupper() and len(word) > 1 and is_syllable(word) for word in [*left[-1:], *right[:1]]
    )
