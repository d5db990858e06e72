"""Cells of a table that was pasted: what stands in two cells is never one number or date."""

import re

# Word gives the tab behind the mark of a list as well: "1.\tKhai báo".
_LIST_MARK = re.compile(r"[ \t]*(?:[-–—•●▪+*]|\(?\d{1,2}[.)/]|\(?[a-zđA-ZĐ][.)]|[IVX]+[.)])[ \t]*")
# Three spaces keep columns of figures apart; a person may type two by mistake.
_GAP = re.compile(r"(?<=\S) *\t[ \t]*(?=\S)|(?<=\d) {3,}(?=\d)")


def parted(text: str) -> str:
    """The text with " | " between cells."""
    if "\t" not in text and "   " not in text:
        return text
    return "\n".join(_GAP.sub(_mark, line) for line in text.split("\n"))


def _mark(match: "re.Match[str]") -> str:
    left = match.string[: match.start()]
    return " " if left.endswith(":") or _LIST_MARK.fullmatch(left) else " | "
