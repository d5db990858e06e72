"""Wire: what the child that reads a document answers."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a file is, by its first bytes and not by its name."""

    WORD = "docx"
    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


class Trouble(StrEnum):
    """Why there is no text; each becomes a sentence for people."""

    UNREADABLE = "unreadable"
    LOCKED = "locked"  # a password is needed
    PICTURE = "picture"  # pages without letters: a scan
    TOO_LONG = "too_long"
    OLD_FONT = "old_font"  # TCVN3 or VNI: other letters than it shows
    EMPTY = "empty"


class Extracted(Struct, frozen=True, omit_defaults=True):
    """The text, or why there is none."""

    text: str = ""
    trouble: Trouble | None = None
    has_pictures: bool = False
    """Pages or places of the file that hold a picture: what is written there is not in `text`."""
