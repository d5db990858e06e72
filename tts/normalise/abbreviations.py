"""Abbreviations of the lexicon, plain or by the company they keep."""

import re
from collections.abc import Callable

from tts.normalise.lexicon import Entry, Lexicon
from tts.normalise.rules import Rule, Said, after, before, rule


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Entry entries first: they know more."""
    plain = lexicon.abbreviations
    listed = "|".join(re.escape(token) for token in sorted(plain, key=len, reverse=True))
    by_token: dict[str, list[Entry]] = {}
    for entry in lexicon.contextual:
        by_token.setdefault(entry.token, []).append(entry)
    return (
        *(rule(_whole(re.escape(token)), _fitting(all_)) for token, all_ in by_token.items()),
        rule(_whole(listed), lambda match: plain[match[0]]),
    )


def _whole(tokens: str) -> str:
    return rf"(?<![\w&])(?:{tokens})(?![\w&])"


def _fitting(entries: list[Entry]) -> Callable[["re.Match[str]"], Said]:
    def say(match: "re.Match[str]") -> Said:
        right = after(match).lower().lstrip(" .")
        left = before(match).lower().rstrip()
        for entry in entries:
            if any(_starts(right, word) for word in entry.next):
                return entry.reading
            if any(left.endswith(word) for word in entry.previous):
                return entry.reading
            if not entry.next and not entry.previous:
                return entry.reading
        return None

    return say


def _starts(right: str, word: str) -> bool:
    """`word` whole at the beginning; a digit or a mark needs no end."""
    end = right[len(word) : len(word) + 1]
    return right.startswith(word) and (not word[-1].isalpha() or not end.isalpha())
