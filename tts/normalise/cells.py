"""Figures in two cells of a table that was pasted are never one number or date."""

import re

# Three spaces keep columns apart too; a person may type two by mistake.
_GAP = re.compile(r"(?<=\d) *\t[ \t]*(?=\d)|(?<=\d) {3,}(?=\d)")


def parted(text: str) -> str:
    """The text with " | " between such figures."""
    return _GAP.sub(" | ", text)
