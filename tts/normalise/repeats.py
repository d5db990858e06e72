"""A number repeated in words: 10 (mười) ngày, 02 (hai) bộ. It is said once."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import NUMBER, START, say_number
from tts.normalise.rules import Rule, Said, rule

_WORDS = r"[a-zà-öø-ýăđĩũơưạ-ỹ ]{2,60}"
_SAME = {"lẻ": "linh", "ngàn": "nghìn", "tư": "bốn", "nhăm": "lăm", "tỉ": "tỷ", "bẩy": "bảy"}


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Forms write it against forgery; only where both say the same."""
    return (rule(rf"{START}({NUMBER})\s?\(\s?((?i:{_WORDS}))\)", _say),)


def _say(match: "re.Match[str]") -> Said:
    said = say_number(match[1])
    return said if _plain(said) == _plain(match[2]) else None


def _plain(words: str) -> str:
    """Spelling variants aside; "không hai" is how some write 02."""
    plain = " ".join(_SAME.get(word, word) for word in words.lower().split())
    return plain.removeprefix("không ") if plain != "không" else plain
