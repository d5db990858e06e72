"""Questions and answers with their words shortened: "H: … Đ: …", "Q1: … A1: …"."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Rule, SayInSource, rule_in_source

_OPEN = r"(?:^[ \t]*[\"“(]?|(?<=[.?!…:] )|(?<=[.?!…:]))"
_ASKS = rf"{_OPEN}(?P<it>[HQ]\s?(?P<number>\d{{0,2}}))(?=\s?:)"
_ANSWERS = rf"{_OPEN}(?P<it>(?:Đ|A|TL|Tl)\s?(?P<number>\d{{0,2}}))(?=\s?:)"
# A long answer; one letter without the other stands for anything.
_REACH = 2_000


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Only where both stand near each other."""
    return (
        rule_in_source(_ASKS, _word("Hỏi", re.compile(_ANSWERS, re.MULTILINE), 1)),
        rule_in_source(_ANSWERS, _word("Đáp", re.compile(_ASKS, re.MULTILINE), -1)),
    )


def _word(word: str, other: "re.Pattern[str]", side: int) -> SayInSource:
    def say(match: "re.Match[str]", source: str) -> str | None:
        start, end = match.span("it")
        near = source[end : end + _REACH] if side > 0 else source[max(0, start - _REACH) : start]
        if not other.search(near):
            return None
        return f"{word} {cardinal(int(match['number']))}" if match["number"] else word

    return say
