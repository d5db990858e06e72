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
# Names of the Central Highlands have clusters and finals that Vietnamese has not: Krông, Đắk.
_CLUSTER = "(?:[bcdđgkpt][rl]|[bdgjr]h|h[rlnmbd]|k[bdđjmnpt]|m[rlnđ]|jr|rl|sr|tl)"
_VOWELS = "[aăâeêioôơuưy]{1,3}"
_HIGHLAND = re.compile(
    f"{_CLUSTER}{_VOWELS}(?:ng|nh|ch|[cmnptklrhs])?|(?:{_ONSET}|[jw]){_VOWELS}[klrhs]"
)
# A foreign name of more letters than this is seldom made of our syllables.
_LONGEST_NAME = 12
_FOREIGN = str.maketrans("fjwz", "bdvd")  # letters that we have not, as ones that stand alike
_SYLLABLE = re.compile(f"{_ONSET}(?:{_NUCLEUS}{_FINAL}|{_OPEN})")
# The same syllables as they are typed where no marks can be: truong, hiep, duc.
_TYPED = re.compile(_SYLLABLE.pattern.translate(str.maketrans("ăâđêôơư", "aadeoou")))


def toneless(word: str) -> str:
    """Lower case without its tone mark; ă â ê ô ơ ư đ stay."""
    bare = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return unicodedata.normalize("NFC", bare)


def is_syllable(word: str) -> bool:
    """Whether a word of any case can be one Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(toneless(word)))


def is_typed_syllable(word: str) -> bool:
    """Whether small letters without any marks can be one syllable: "truong" for trường."""
    return bool(_TYPED.fullmatch(word))


def is_highland(word: str) -> bool:
    """Whether a word can be one syllable of a name of the Central Highlands."""
    return bool(_HIGHLAND.fullmatch(toneless(word)))


def can_be_read(word: str) -> bool:
    """Whether a word without marks falls into several syllables of ours: No-ru, Sam-sung."""
    low = re.sub("^y(?=[aeou])", "", word.lower()).translate(_FOREIGN)
    if not low.isascii() or len(low) > _LONGEST_NAME:
        return False
    ends = {0}
    for end in range(1, len(low) + 1):
        if any(_follows(low[start:end]) for start in ends if start) or is_syllable(low[:end]):
            ends.add(end)
    return len(low) in ends


def _follows(syllable: str) -> bool:
    """A syllable within a word begins with a consonant."""
    return syllable[0] not in "aeiouy" and is_syllable(syllable)
