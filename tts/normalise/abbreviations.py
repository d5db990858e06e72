"""Abbreviations of the lexicon, plain or by the company they keep."""

import re
from collections.abc import Iterable
from functools import cache

from tts.normalise.headings import in_heading
from tts.normalise.lexicon import Entry, Lexicon
from tts.normalise.reading import Span
from tts.normalise.rules import Rule, Said, rule_in_source
from tts.normalise.syllables import is_syllable

_CLAUSES = 80  # characters to each side in which a word still tells what is spoken of
_REACH = 40  # characters to each side; the longest word of company has about twenty
# "TT.HĐND", "TT. HĐND": the dot ends no sentence.
_DOT = r"(?:(?:\.|(?<=TT)\. |(?<=CT)\. |(?<=VP)\. )(?=[A-ZĐƯ]{2}))?"


class Company:
    """What a token means where it stands: contextual entries first, for they know more."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.plain = lexicon.abbreviations
        self.by_token: dict[str, list[Entry]] = {}
        for entry in lexicon.contextual:
            self.by_token.setdefault(entry.token, []).append(entry)

    def reading(self, token: str, span: Span, source: str) -> str | None:
        """The reading of a token at a span; None if nothing beside it tells."""
        fitting = (e for e in self.by_token.get(token, ()) if fits(e, span, source))
        return next((entry.reading for entry in fitting), self.plain.get(token))


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Contextual entries before plain ones of the same token."""
    company = Company(lexicon)

    def say(match: "re.Match[str]", source: str) -> Said:
        token = match["token"]
        if token not in company.by_token and is_syllable(token) and in_heading(match):
            return None  # "KINH TẾ TƯ NHÂN" is not "TƯ"
        return company.reading(token, match.span("token"), source)

    listed = whole([*company.by_token, *company.plain])
    return (rule_in_source(rf"(?P<token>{listed}){_DOT}", say),)


def whole(tokens: Iterable[str]) -> str:
    """A pattern for any of these tokens, the longest first, not as a part of a longer one."""
    by_length = sorted(set(tokens), key=lambda token: (-len(token), token))
    listed = "|".join(map(re.escape, by_length))
    # The first letters first: most words begin with none of them, and that is soon seen.
    first = re.escape("".join(sorted({token[0] for token in by_length})))
    return rf"(?<![\w&])(?=[{first}])(?:{listed})(?![\w&])"


def fits(entry: Entry, span: Span, source: str) -> bool:
    """Whether the words around a span are among those that an entry asks for, if it does."""
    if not (entry.next or entry.previous or entry.near):
        return True
    start, end = span
    right = source[end : end + _REACH].lower().lstrip(" .")
    left = source[max(0, start - _REACH) : start].lower().rstrip(' ("“')
    return (
        any(_starts(right, word) for word in entry.next)
        or any(_ends(left, word) for word in entry.previous)
        or (bool(entry.near) and _stands_near(entry.near, span, source))
    )


def _stands_near(words: tuple[str, ...], span: Span, source: str) -> bool:
    """Whether one of these stands whole in the line, within a clause or two of the span."""
    start, end = span
    left = source[max(0, start - _CLAUSES) : start].rpartition("\n")[2]
    right = source[end : end + _CLAUSES].partition("\n")[0]
    return bool(_any_of(words).search(f"{left}\n{right}"))


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, words))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _starts(right: str, word: str) -> bool:
    """`word` whole at the beginning; a digit or a mark needs no end."""
    end = right[len(word) : len(word) + 1]
    return right.startswith(word) and (not word[-1].isalpha() or not end.isalpha())


def _ends(left: str, word: str) -> bool:
    """`word` whole at the end."""
    return left.endswith(word) and not left[: -len(word)][-1:].isalpha()
