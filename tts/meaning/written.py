"""What a text demands to be heard, thing by thing in its order."""

import re
from dataclasses import replace

from tts.meaning.amounts import figure, marks, minutes, mixed
from tts.meaning.joints import date_joints, joint
from tts.meaning.numbers import Number, apart, find
from tts.meaning.parts import at_parts
from tts.meaning.signs import comparisons, minus
from tts.meaning.want import Span, Want

_ON_PAPER = re.compile(r"^[ \t]*Nơi nhận[ \t]*:?[^\n]*(?:\n[ \t]*[-+•–*][^\n]*)*", re.MULTILINE)


def wants(text: str) -> list[Want]:
    """Numbers with their signs and marks, joints, powers and comparisons, in order of place."""
    numbers, found = find(text)
    found += [*_of_numbers(numbers, text), *comparisons(text), *at_parts(text)]
    return sorted(found, key=lambda want: want.span)


def split(want: Want, text: str) -> list[Want]:
    """A number of spaced groups as separate numbers ("thôn 5 120 hộ"), where that can be."""
    raw = text[slice(*want.span)]
    if " " not in raw or " 0" in raw or not raw.replace(" ", "").isdigit():
        return [want]
    return [figure(part, text) for part in apart(Number(want.span, raw, ()))]


def silent(text: str) -> list[Span]:
    """What is on paper only: the list of recipients (Nghị định 30/2020/NĐ-CP, phụ lục I)."""
    return [match.span() for match in _ON_PAPER.finditer(text)] if "Nơi nhận" in text else []


def _of_numbers(numbers: list[Number], text: str) -> list[Want]:
    dates = date_joints(text) if numbers else {}
    found: list[Want] = []
    previous: Number | None = None
    said = False
    for index, number in enumerate(numbers):
        after = numbers[index + 1] if index + 1 < len(numbers) else None
        sign = minus(number, previous, text)
        found += [sign] if sign else []
        both = mixed(number, after)
        if both:
            found.append(both)
        else:
            head = [] if said else [minutes(number, previous, text) or figure(number, text)]
            between = joint(number, after, text, dates) if after else None
            if said and between and after and _is_mixed_range(between, after):
                between = replace(between, needed=True)  # "1tr2 - 1tr5"
            found += [*head, *marks(number, after, text), *([between] if between else [])]
        said, previous = bool(both), number
    return found


def _is_mixed_range(between: Want, after: Number) -> bool:
    return between.name == "Khoảng" and any(mark.kind == "magnitude" for mark in after.marks)
