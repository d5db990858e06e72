"""Hear a whole reading against its source."""

import re

from tts.meaning.covered import covered
from tts.meaning.hearing import Added, Lost, listen
from tts.meaning.letters import word_wants
from tts.meaning.mismatch import Mismatch
from tts.meaning.places import Place, places
from tts.meaning.words import NEGATIONS, words, words_of_an_abbreviation
from tts.meaning.written import silent, wants
from tts.normalise.reading import Reading

_LETTER = re.compile(r"[^\W\d_]+")


def check(reading: Reading) -> tuple[Mismatch, ...]:
    """Every place where a number, sign, date, amount or negation is not said as it is written.

    Empty for a right reading. Tokens of `reading.unknown` that are not said are no mismatch:
    they are reported already.
    """
    text, unsaid = reading.text, _unsaid(reading)
    found = []
    for place in places(reading, wants(text)):
        if not place.spoken and place.span[0] in unsaid:
            continue
        problem = _problem(place, text)
        if problem:
            source = text[slice(*place.span)]
            found.append(Mismatch(place.span, source, place.spoken, problem))
    found += _unheard(reading, unsaid)
    return tuple(sorted(found, key=lambda mismatch: mismatch.span)) or _otherwise_spoken(reading)


def _unsaid(reading: Reading) -> frozenset[int]:
    """Where silence is right, or reported. A list of recipients that is read is read whole."""
    said = [piece.span[0] for piece in reading.map]
    quiet = [s for s in silent(reading.text) if not any(s[0] <= at < s[1] for at in said)]
    return covered([*quiet, *(unknown.span for unknown in reading.unknown)])


def _problem(place: Place, text: str) -> str | None:
    source = text[slice(*place.span)]
    if not place.wants and source.lower() == place.spoken.lower():
        return None  # most words are said as they stand
    if not place.wants and words(source) == words(place.spoken):
        return None
    inner = word_wants(text, place.span, covered(want.span for want in place.wants))
    demanded = sorted([*place.wants, *inner], key=lambda want: want.span[0])
    found = listen(demanded, words(place.spoken))
    if found and not place.wants and source.lower() not in place.spoken.lower().split():
        found = listen(demanded, _words_of_letters(source, place.spoken))
    match found:
        case Lost(want) if place.spoken:
            lost = text[slice(*want.span)]
            return (
                f"{want.name} «{lost}» không nghe đúng: «{source}» được đọc thành «{place.spoken}»"
            )
        case Lost(want):
            return f"{want.name} «{text[slice(*want.span)]}» không được đọc"
        case Added(extra):
            said = f"«{source}» được đọc thành «{place.spoken}»"
            return f"Nghe thấy «{extra}» mà bản gốc không có: {said}"
    return None


def _words_of_letters(source: str, spoken: str) -> tuple[str, ...]:
    """Of an abbreviation, negations are said if their initials are written ("MGHP")."""
    heard = words_of_an_abbreviation(spoken)
    initials = "".join(word[0] for word in words(spoken))
    if initials != "".join(_LETTER.findall(source)).lower():
        return heard
    return tuple(word for word in heard if word not in NEGATIONS)


def _unheard(reading: Reading, unsaid: frozenset[int]) -> list[Mismatch]:
    """Negations that stand in no piece of the map."""
    found, last = [], 0
    for start, end in [*(piece.span for piece in reading.map), (len(reading.text),) * 2]:
        for match in _LETTER.finditer(reading.text, last, start) if start - last > 2 else ():
            if match[0].lower() in NEGATIONS and match.start() not in unsaid:
                problem = f"Chữ phủ định «{match[0]}» không được đọc"
                found.append(Mismatch(match.span(), match[0], "", problem))
        last = end
    return found


def _otherwise_spoken(reading: Reading) -> tuple[Mismatch, ...]:
    """`spoken` must be the words of the map and no others."""
    said = words(reading.spoken)
    mapped = words(" ".join(piece.spoken for piece in reading.map))
    if said == mapped:
        return ()
    at = next(
        (i for i, (a, b) in enumerate(zip(said, mapped, strict=False)) if a != b),
        min(len(said), len(mapped)),
    )
    there = " ".join(said[at : at + 4])
    problem = f"Lời đọc «{there}» không ứng với chữ nào của bản gốc"
    return (Mismatch((0, len(reading.text)), reading.text[:40], there, problem),)
