"""Signs that are spoken of: bấm dấu "+", phím * và #, mục có dấu (*)."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, Said, rule

_NAMES = {
    "+": "cộng", "-": "trừ", "–": "trừ", "=": "bằng", "*": "sao", "**": "hai sao", "#": "thăng",
    "@": "a còng", "&": "và", "%": "phần trăm", "/": "gạch chéo", "_": "gạch dưới",
    "?": "hỏi", "!": "chấm than", ":": "hai chấm", "~": "ngã", "<": "bé hơn", ">": "lớn hơn",
    "×": "nhân", "÷": "chia",
}  # fmt: skip  # a table, read across
_OPEN, _CLOSE = "[\"“”'‘«(]", "[\"“”'’»)]"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_NAMES, key=len, reverse=True))
# Without marks around it only what no sentence needs there itself.
_BARE = r"[+=*#@&%/](?=\s|[.,;:]|$)"
_QUOTED = rf"{_OPEN}(?:{_SIGN}){_CLOSE}"
_ONE = rf"(?:{_QUOTED}|\*\*|{_BARE})"
_NEXT = r"(?:,? (?:và|hoặc|hay) (?:dấu |phím )?|, (?:dấu |phím )?)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """One or several behind the word that announces them."""
    several = rf"{_ONE}(?:{_NEXT}{_ONE})*"
    return (rule(rf"(?i:(?<!\w)(?:dấu|phím|nút|ký hiệu|kí hiệu)) (?P<it>{several})", _say),)


def _say(match: "re.Match[str]") -> Said:
    said = re.sub(rf"{_OPEN}?({_SIGN}){_CLOSE}?", lambda sign: f" {_NAMES[sign[1]]} ", match["it"])
    return re.sub(r" +(?=,)|(?<= ) +", "", said).strip()
