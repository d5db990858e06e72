"""Folding: Vietnamese as people type it in a hurry, without marks and with đ as d."""

import re
import unicodedata
from functools import lru_cache

_NO_WORD = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Without marks, đ as d, in small letters: "Gia Viễn" is "gia vien"."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


def letter_by_letter(text: str) -> str:
    """Folded and as long as the text (in NFC), so that places stay the same."""
    return "".join(map(_letter, text))


def searchable(*texts: str) -> str:
    """The folded words of the texts, each with a gap before it: what a search looks into."""
    return f" {_NO_WORD.sub(' ', folded(' '.join(texts))).strip()} "


def words(query: str) -> list[str]:
    """The folded words that somebody looks for."""
    return searchable(query).split()


@lru_cache(maxsize=1024)
def _letter(letter: str) -> str:
    return folded(letter)[:1] or letter
