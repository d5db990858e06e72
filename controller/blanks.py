"""Blanks: places of a template that somebody must fill in, written `[tên thôn]`."""

import re

_BLANK = re.compile(r"\[[^\[\]\n]{1,80}\]")


def blanks(text: str) -> list[str]:
    """Those that are still open, brackets and all, each once, in the order of the text."""
    return list(dict.fromkeys(_BLANK.findall(text)))
