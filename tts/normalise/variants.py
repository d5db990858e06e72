"""Abbreviations in other letters than the lexicon's: ubnd, Hđnd, THS, 45/2026/qđ-ubnd.

They are put back in its letters, as long as the source, so that places stay the same and every
family knows them.
"""

import re
from functools import lru_cache

from tts.normalise.lexicon import Lexicon
from tts.normalise.offices import glued
from tts.normalise.syllables import is_syllable
from tts.normalise.units import UNITS

# Of two letters only these are sure in small ones: "kl", "tb", "sx", "nv" are written for much
# else. QL and KP stand before a number.
_SURE_SHORT = frozenset({
    "TP", "QL", "KP", "ĐT", "HS", "GV", "SV", "DN", "UB", "VN", "BS", "GS", "TS", "QĐ", "NĐ",
    "HĐ", "BV", "KD",
    "LH",
})  # fmt: skip  # a list, read across
_SHORT = 2  # letters
_LETTERS = r"[^\W\d_]"
# Not a part of an address on the web, of a path, of a rate or of a longer word.
_TYPED = re.compile(
    rf"(?<![\w@./&-]){_LETTERS}{{2,}}(?:[-&]{_LETTERS}{{2,}})*(?![^\W\d_]|[@/&-]|\.[a-zđ])"
)
_PART = re.compile(rf"{_LETTERS}+")
_CODE = re.compile(
    r"(?<![\w/-])(?:\d{1,5}/(?:\d{4}/)?|\d{1,5}-)"
    r"(?P<tail>[A-Za-zĐđ]{1,4}[-/][A-Za-zĐđ]{2,12}(?:-[A-Za-zĐđ]{1,12})?)(?![\w/-])"
)


def as_listed(text: str, lexicon: Lexicon) -> str:
    """The text, with every abbreviation that can be no word in the letters of the lexicon."""
    plain, of_codes = _by_small_letters(lexicon)
    listed = lexicon.abbreviations.keys() | lexicon.documents.keys() | lexicon.issuers.keys()

    def word(match: "re.Match[str]") -> str:
        typed = match[0]
        if typed in listed:
            return typed
        if typed.lower() in plain:
            return plain[typed.lower()]
        return typed if typed.isalpha() else _joined(typed, plain)

    def code(match: "re.Match[str]") -> str:
        return match[0].removesuffix(match["tail"]) + _joined(match["tail"], of_codes)

    return _TYPED.sub(word, _CODE.sub(code, text))


def _joined(typed: str, known: dict[str, str]) -> str:
    """All parts of "hđnd-ubnd", or none."""
    if not all(part.lower() in known for part in _PART.findall(typed)):
        return typed
    return _PART.sub(lambda part: known[part[0].lower()], typed)


def variants(lexicon: Lexicon) -> dict[str, str]:
    """Abbreviations by their small letters, of those that can be no word."""
    return _by_small_letters(lexicon)[0]


@lru_cache(maxsize=8)  # as many as `read` keeps rules for
def _by_small_letters(lexicon: Lexicon) -> tuple[dict[str, str], dict[str, str]]:
    """Small letters and how the lexicon writes them: in a text, in the code of a document."""
    taught = {word for entry in lexicon.local for word in _PART.findall(entry.token)}
    in_company = (entry.token for entry in lexicon.contextual)
    own = [*glued(lexicon), *lexicon.abbreviations, *in_company, *_SURE_SHORT]
    plain = {token.lower(): token for token in sorted(own) if _is_sure(token, lexicon)}
    in_codes = {**lexicon.issuers, **lexicon.documents}
    of_codes = {token.lower(): token for token in sorted(in_codes)}
    return {small: own for small, own in plain.items() if not taught & {small, own}}, of_codes


def _is_sure(token: str, lexicon: Lexicon) -> bool:
    small = token.lower()
    short = len(token) == _SHORT and token not in _SURE_SHORT
    word = is_syllable(small) or small in lexicon.words or small in lexicon.names
    return token.isalpha() and not short and not word and token not in UNITS
