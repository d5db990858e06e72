"""Which words are Vietnamese: every syllable of the language follows one small grammar."""

import re
import unicodedata

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))  # huyền sắc ngã hỏi nặng
_ONSET = "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
_FINAL = "(?:ch|c|m|ng|nh|n|p|t)?"
# Nuclei that may close with a consonant, then those that end a syllable.
_NUCLEUS = "(?:oa|oă|oe|oo|uâ|uê|ua|uyê|uy|uơ|iê|yê|uô|ươ|ia|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
_OPEN = (
    "(?:oai|oao|oay|oeo|uây|uôi|uya|uyu|uay|uêu|ươi|ươu|iêu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|"
    "oi|ôi|ơi|ua|ui|uy|uơ|ưa|ưi|ưu|oa|oe|uê|uao|ueo|uai|yêu)"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{_NUCLEUS}{_FINAL}|{_OPEN})")


def toneless(word: str) -> str:
    """Lower case without its tone mark; ă â ê ô ơ ư đ stay."""
    bare = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return unicodedata.normalize("NFC", bare)


def is_syllable(word: str) -> bool:
    """Whether a word of any case can be one Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(toneless(word)))
