"""Who speaks which part of the source: families take turns, and what is taken stays taken."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tts.normalise.reading import Span
from tts.normalise.rules import MASK, Doubt, Rule


class Claim(NamedTuple):
    """A span of the source and how it is said; `known` is False where it must be reported."""

    span: Span
    spoken: str
    known: bool


def claim(text: str, rules: Iterable[Rule]) -> tuple[list[Claim], str]:
    """All claims, in order of the source, and the text with what was claimed masked."""
    claims: list[Claim] = []
    source = text
    for rule in rules:
        found = [
            claimed
            for match in rule.pattern.finditer(text)
            if (claimed := _of(rule, match, source))
        ]
        for claimed in found:
            start, end = claimed.span
            text = text[:start] + MASK * (end - start) + text[end:]
        claims += found
    return sorted(claims), text


def _of(rule: Rule, match: "re.Match[str]", source: str) -> Claim | None:
    span = match.span("it") if "it" in match.re.groupindex else match.span()
    if "to" in match.re.groupindex:
        span = span[0], match.end("to")
    said = rule.say(match, source)
    if said is None or span[0] == span[1]:
        return None
    if isinstance(said, Doubt):
        return Claim(span, said.spoken, known=False)
    return Claim(span, said, known=True)
