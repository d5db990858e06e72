"""One thing that was tried, and what a technician should know of it."""

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """How it stands; the sign is what stands before the line."""

    GOOD = "good"
    DOUBT = "doubt"  # the station runs, but somebody should look
    BAD = "bad"


SIGNS = {Level.GOOD: "✓", Level.DOUBT: "!", Level.BAD: "✗"}


class Finding(Struct, frozen=True, kw_only=True):
    """`about` is the thing, `says` how it stands, `do` what helps; all in Vietnamese."""

    level: Level
    about: str
    says: str
    do: str = ""

    def __str__(self) -> str:
        line = f"{SIGNS[self.level]} {self.about}: {self.says}"
        return f"{line}\n    → {self.do}" if self.do else line


def good(about: str, says: str) -> Finding:
    """It works."""
    return Finding(level=Level.GOOD, about=about, says=says)


def doubt(about: str, says: str, do: str) -> Finding:
    """It works, or cannot be told, and somebody should look."""
    return Finding(level=Level.DOUBT, about=about, says=says, do=do)


def bad(about: str, says: str, do: str) -> Finding:
    """It does not work."""
    return Finding(level=Level.BAD, about=about, says=says, do=do)
