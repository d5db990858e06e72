"""The numbers of a text with what stands at them: its own reading of the written form."""

import re
from dataclasses import dataclass, replace

from tts.meaning.covered import covered
from tts.meaning.english_days import ENGLISH_DAY, english_day
from tts.meaning.marks import Mark, marks_after
from tts.meaning.powers import (
    EXPONENT,
    FRACTION,
    ISO_DATE,
    POWER,
    exponent,
    fraction,
    iso_date,
    power,
)
from tts.meaning.want import Span, Want

_SPACED = r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3}){1,6}(?!\d|[.]\d| \d)(?:,\d+)?"
_FIGURE = re.compile(
    rf"(?P<power>{POWER})|(?P<english_day>{ENGLISH_DAY})|(?P<iso_date>{ISO_DATE})|(?P<exponent>{EXPONENT})"
    rf"|(?P<fraction>{FRACTION})|(?P<number>{_SPACED}|\d+(?:[.,]\d+)*)"
)
_BY_THEMSELVES = {
    "power": power, "exponent": exponent, "fraction": fraction, "iso_date": iso_date,
    "english_day": english_day,
}  # fmt: skip
# "Tổ3g", but not "7h30'".
_GLUED = re.compile(r"(?<!\d)[^\W\d_]$")
_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w.-]+|(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?i:vn|com|net|org|edu|gov|info)"
    r"(?![\w])(?:/[^\s,;]*)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A written number, the marks after it, and where the next thing may begin."""

    span: Span
    raw: str
    marks: tuple[Mark, ...]

    @property
    def end(self) -> int:
        """Behind its marks."""
        return self.marks[-1].span[1] if self.marks else self.span[1]

    @property
    def value(self) -> float:
        """Near enough to compare the ends of a range."""
        plain = self.raw.replace(" ", "")
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
            plain = plain.replace(".", "")
        whole, *tail = re.split("[.,]", plain)
        return float(f"{whole}.{''.join(tail)}"[:40])


def find(text: str) -> tuple[list[Number], list[Want]]:
    """All numbers in order, and the powers and fractions, which say all by themselves."""
    numbers: list[Number] = []
    others: list[Want] = []
    addresses = covered(match.span() for match in _ADDRESS.finditer(text))
    for match in _FIGURE.finditer(text):
        at, written = match.start(), match[0]
        if match["number"]:
            glued = at in addresses or _GLUED.search(text[max(0, at - 2) : at])
            marks = () if glued else marks_after(text, match.end())
            numbers.append(Number(match.span(), written, marks))
        else:
            want = _BY_THEMSELVES[str(match.lastgroup)](written, at)
            again = rf"\s?[-–—]\s?\d[\d.,]*\s?{re.escape(written)}(?!\w)"
            shared = match["power"] and re.compile(again).match(text, match.end())
            others.append(want.optional() if shared else want)
    return numbers, others


def apart(number: Number) -> list[Number]:
    """ "5 120" as two numbers, with the marks at the last."""
    parts = [
        Number((number.span[0] + m.start(), number.span[0] + m.end()), m[0], ())
        for m in re.finditer(r"[\d.,]+", number.raw)
    ]
    return [*parts[:-1], replace(parts[-1], marks=number.marks)]
