"""Wire: what the child that reads a workbook answers."""

from enum import StrEnum

from msgspec import Struct


class Trouble(StrEnum):
    """Why there are no rows."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"


class Rows(Struct, frozen=True, omit_defaults=True):
    """The first worksheet as texts, the first row first; or why there are none."""

    rows: list[list[str]] = []
    trouble: Trouble | None = None
