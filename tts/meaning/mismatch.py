"""A place where what is heard is not what was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`span` counts in `Reading.text`; `problem` is a sentence in Vietnamese for the officer."""

    span: tuple[int, int]
    source: str
    spoken: str
    problem: str
