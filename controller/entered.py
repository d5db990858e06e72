"""What people type, in one spelling: NFC, `\\n` line ends, no characters that nobody can see."""

import unicodedata

_CONTROL = frozenset({"Cc", "Cs"})
"""Control characters (PostgreSQL refuses NUL) and lone surrogates (no UTF-8 for them)."""


def text(raw: str) -> str:
    """Several lines; outer space is cut off. Phones and macOS send NFD, browsers `\\r\\n`."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    seen = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in _CONTROL)
    return unicodedata.normalize("NFC", "".join(seen)).strip()


def line(raw: str) -> str:
    """One line, with single spaces."""
    return " ".join(text(raw).split())
