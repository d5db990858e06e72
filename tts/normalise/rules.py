"""What a family of tokens is made of: a pattern, and how to say what it found."""

import re
from collections.abc import Callable
from typing import NamedTuple

# Stands in the text wherever an earlier family has already spoken; a private letter, so that
# no pattern takes it for a word, a digit or a space.
MASK = "\ue000"


class Doubt(NamedTuple):
    """A way to say something that must nevertheless be reported as unknown."""

    spoken: str


# None: on a closer look the match is not of this family, so a later family may have it.
Said = str | Doubt | None
Say = Callable[["re.Match[str]"], Said]
# Takes the match and the source, in which nothing is masked.
SayInSource = Callable[["re.Match[str]", str], Said]


class Rule(NamedTuple):
    """`say` speaks the group `it` of the pattern (up to the group `to`, if there is one), or the
    whole match where there is no such group.
    """

    pattern: re.Pattern[str]
    say: SayInSource


def rule(pattern: str, say: Say) -> Rule:
    """Compile a rule; ^ and $ are those of lines."""
    return rule_in_source(pattern, lambda match, _: say(match))


def rule_in_source(pattern: str, say: SayInSource) -> Rule:
    """A rule that judges by what stands around, whoever has spoken that already."""
    return Rule(re.compile(pattern, re.MULTILINE), say)


def fixed(pattern: str, spoken: str) -> Rule:
    """A rule that always says the same."""
    return rule(pattern, lambda _: spoken)


def before(match: "re.Match[str]", characters: int = 40) -> str:
    """The text to the left of a match."""
    return match.string[max(0, match.start() - characters) : match.start()]


def after(match: "re.Match[str]", characters: int = 40) -> str:
    """The text to the right of a match."""
    return match.string[match.end() : match.end() + characters]
