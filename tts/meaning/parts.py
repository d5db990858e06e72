"""What stands at parts of a whole in one sign: a unit ("½ kg"), the dash of a range ("½ - 1")."""

import re
import unicodedata
from itertools import chain

from tts.meaning.marks import marks_after
from tts.meaning.powers import FRACTION
from tts.meaning.sounds import phrase
from tts.meaning.want import Want

_PART = re.compile(FRACTION)
_DASH = r"\s?(?P<dash>[-–—−])\s?"
_WITH_A_PART = (
    re.compile(rf"(?P<low>{FRACTION}){_DASH}(?P<high>{FRACTION}|\d+(?:,\d+)?)"),
    re.compile(rf"(?<![\w.,/])(?P<low>\d+(?:,\d+)?){_DASH}(?P<high>{FRACTION})"),
)
_TO = phrase("đến")


def at_parts(text: str) -> list[Want]:
    """Their units and ranges; the numbers themselves are heard elsewhere."""
    found = [
        Want(mark.span, ((mark.heard,),), "Đơn vị")
        for match in _PART.finditer(text)
        for mark in marks_after(text, match.end())
    ]
    ranges = chain.from_iterable(pattern.finditer(text) for pattern in _WITH_A_PART)
    rising = (m for m in ranges if _worth(m["low"]) < _worth(m["high"]))
    return [*found, *(Want(m.span("dash"), ((_TO,),), "Khoảng") for m in rising)]


def _worth(written: str) -> float:
    parts = unicodedata.normalize("NFKD", written[-1]).split("⁄")
    if len(parts) == 1:
        return float(written.replace(",", "."))
    return int(written[:-1] or 0) + int(parts[0]) / int(parts[1])
