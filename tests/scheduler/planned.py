"""Entries and times that the planner's tests share."""

from datetime import datetime, time

from contract.ids import StationId
from contract.precedence import Standing
from contract.states import Class, Resume
from contract.windows import ALL_DAY, Window
from scheduler.airing import Entry
from scheduler.calendar import ZONE
from scheduler.patterns import Daily
from scheduler.rules import Rule

APPROVED = datetime(2026, 11, 1, tzinfo=ZONE)
MORNING_ONLY = (Window("05:30", "06:30"),)
STATIONS = frozenset(map(StationId, "abc"))


def at(hour: int, minute: int = 0, second: int = 0, day: int = 1) -> datetime:
    """A moment of the planned days, from 1 December 2026."""
    return datetime(2026, 12, day, hour, minute, second, tzinfo=ZONE)


def open_all_day(*closed: str) -> dict[StationId, tuple[Window, ...]]:
    """All stations may sound round the clock, but the closed ones only from 05:30 to 06:30."""
    return {s: MORNING_ONLY if s in closed else ALL_DAY for s in STATIONS}


def entry(
    name: str,
    start: time,
    minutes: float,
    *,
    cls: Class = Class.NORMAL,
    on: str = "abc",
    rank: int = 0,
    since: datetime = APPROVED,
    released_until: datetime | None = None,
    resume: Resume = Resume.AT_CUT,
    live: bool = False,
) -> Entry:
    """A daily entry."""
    return Entry(
        standing=Standing(id=name, cls=cls, rank=rank, since=since),
        title=name,
        rule=Rule(pattern=Daily(), times=(start,)),
        duration_ms=round(minutes * 60_000),
        targets=frozenset(map(StationId, on)),
        released_from=APPROVED,
        released_until=released_until,
        resume=resume,
        live=live,
    )
