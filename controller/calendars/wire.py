"""Wire: what the child that reads a calendar file answers."""

from datetime import date, datetime

from msgspec import Struct

from controller.sheets.wire import Trouble


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One VEVENT as it stands in the file; nothing of it is repeated yet.

    `starts` is aware; None for an event of whole days. `wrong` says in words why it cannot be
    read. `of` is the start that this event replaces in the one with the same `uid`.
    """

    uid: str = ""
    title: str = ""
    text: str = ""
    place: str = ""
    is_cancelled: bool = False
    starts: datetime | None = None
    repeat: str = ""
    excluded: list[datetime] = []
    excluded_days: list[date] = []
    further: list[datetime] = []
    of: datetime | None = None
    wrong: str = ""


class Events(Struct, frozen=True, omit_defaults=True):
    """The events of a file, in its order; or why there are none."""

    events: list[Event] = []
    trouble: Trouble | None = None
