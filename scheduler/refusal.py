"""Refusal: a start that was due and will not be heard, with its reason."""

import enum
from datetime import datetime

from msgspec import Struct

from contract.ids import StationId
from scheduler.airing import Entry


class Reason(enum.StrEnum):
    """Why a start that was due is not on the air."""

    WINDOW = "window"  # outside the permitted hours
    NOT_RELEASED = "not_released"  # outside the time that people approved
    NO_STATIONS = "no_stations"  # it has no targets
    OCCUPIED = "occupied"  # an item of the same class and better precedence holds the air


class Refused(Struct, frozen=True):
    """A start of an entry that is not heard on `targets`; `message` says why to a person."""

    entry: Entry
    due_at: datetime
    targets: frozenset[StationId]
    reason: Reason
    message: str
