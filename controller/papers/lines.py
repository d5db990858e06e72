"""Lines: the lines of a printed page, joined again to the paragraphs that they were.

A page breaks a sentence where the paper ends. A line goes on in the next one unless it ends a
sentence or a point, or the next one begins something: a point, a heading, an article.
"""

import re
import unicodedata
from collections.abc import Iterable

_ENDS = re.compile(r"[.;:!?…][\"”»)\]]*$")
# A dash, a bullet, "1.", "1.2.", "a)", "I.", "Điều 5.", "Chương II", "Kính gửi": its own line.
_BEGINS = re.compile(
    r"(?:[-–—+•●▪*]\s|\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ]\)\s|[IVX]{1,5}[.)]\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục)\s[\dIVX]|(?:Kính gửi|Nơi nhận|Về việc|V/v)\b)"
)
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s?)?\d{1,3}(?:\s?[-–—])?")
_HEADING = 40  # characters: shorter lines of capitals stand one below the other on purpose
_WIDE = 0.8  # of the widest line: the next word may not have found room in it


def paragraphs(pages: Iterable[str]) -> str:
    """The text of the pages without their numbers, one paragraph a line, in Unicode NFC."""
    joined: list[str] = []
    above, wide = "", 0.0
    for page in pages:
        lines = _lines(page)
        wide = max(wide, _WIDE * max(map(len, lines), default=0))
        for line in lines:
            if joined and above and line and _goes_on(above, line, wide):
                joined[-1] = f"{joined[-1]} {line}"
            elif line or (joined and joined[-1]):  # of several empty lines one
                joined.append(line)
            above = line
        while joined and not joined[-1]:
            above = joined.pop()  # a page ends where the paper does, not where a thought does
        above = lines[-1] if lines else above
    return "\n".join(joined)


def _lines(page: str) -> list[str]:
    """Of one page, without the number at its head or foot."""
    text = unicodedata.normalize("NFC", page).replace("\u00ad", "")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        del lines[0]
    if lines and _PAGE_NUMBER.fullmatch(lines[0]):
        del lines[0]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines.pop()
    return lines


def _goes_on(above: str, below: str, wide: float) -> bool:
    """Whether a printed line is continued by the next one."""
    if _ENDS.search(above) or _BEGINS.match(below):
        return False
    if above.isupper() or below.isupper():
        return above.isupper() and below.isupper() and len(above) >= max(wide, _HEADING)
    return not below[0].isupper() or len(above) >= wide
