"""The canonical words of a reading: two readings with the same ones sound the same.

Punctuation, dashes, case, the place of the tone mark and spellings that sound alike are ignored
(the reference on speech, §10). Used on both sides of the comparison.
"""

import re
import unicodedata
from functools import lru_cache

from benchmarks.speech.spelling import COMPOUNDS, PHRASES, WORDS

Words = tuple[str, ...]

# Any of these in a reading is something that nobody can say.
RESIDUAL = frozenset("%°@&/+≥≤=<>$€²³_#*~^|\\")
# At the end of a word only: "hoàn" has one way. The "u" of "qu" is part of the consonant.
_OLD_PLACE = re.compile(r"(o)([àáảãạèéẻẽẹ])$|(?<!q)(u)([ỳýỷỹỵ])$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def residue(said: str) -> str:
    """The digits and symbols that are left in a reading; empty when it can be spoken."""
    return "".join(c for c in said if c in RESIDUAL or c.isnumeric() or _is_sign(c))


def canonical(said: str) -> Words:
    """The canonical words of a finished reading: `words`, with every phrase rewritten."""
    left = words(said)
    done: list[str] = []
    while left:
        found = (pair for pair in phrases_from(left[:1]) if left[: len(pair[0])] == pair[0])
        phrase, rewritten = next(found, (left[:1], left[:1]))
        done += rewritten
        left = left[len(phrase) :]
    return tuple(done)


def words(said: str) -> Words:
    """The canonical form of each word by itself."""
    plain = unicodedata.normalize("NFC", said).lower()
    return tuple(word for found in _WORD.findall(plain) for word in _same_sound(found))


def phrases_from(first: Words) -> list[tuple[Words, Words]]:
    """The phrases that begin with this word and what they are rewritten to, the longest first."""
    return _phrases().get(first, [])


@lru_cache(maxsize=1)
def _phrases() -> dict[Words, list[tuple[Words, Words]]]:
    pairs = {words(phrase): words(rewritten) for phrase, rewritten in PHRASES.items()}
    pairs |= {words(pair): ("_".join(words(pair)),) for pair in COMPOUNDS}
    by_first: dict[Words, list[tuple[Words, Words]]] = {}
    for pair in sorted(pairs.items(), key=lambda pair: -len(pair[0])):
        by_first.setdefault(pair[0][:1], []).append(pair)
    return by_first


def _same_sound(word: str) -> Words:
    said = WORDS.get(word, word).split()
    return tuple(_one_place(part.replace("'", "").replace("’", "")) for part in said)


def _one_place(word: str) -> str:
    """ "hoà" and "hòa" are one word; "hòa", the newer way, is kept."""
    return _OLD_PLACE.sub(_newer_place, word)


def _newer_place(old: "re.Match[str]") -> str:
    first, marked = filter(None, old.groups())
    apart = unicodedata.normalize("NFD", marked)
    return unicodedata.normalize("NFC", first + apart[1:]) + apart[0]


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in ("Sm", "Sc", "So")
