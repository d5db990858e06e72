"""Permitted windows: the hours of the day in which loudspeakers may sound.

Server and station ask the same question here, so a wrong clock, a forged plan or a slip of the
server cannot wake a village. Who may set which windows is the scheduler's business.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

import msgspec

_WALL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


class Window(msgspec.Struct, frozen=True, order=True):
    """A span of local wall time, `start` included and `end` not, written `HH:MM`.

    `end` may be `24:00`; a span over midnight is two windows that touch there.
    Raises ValueError (on decoding: msgspec.ValidationError) for anything else.
    """

    start: str
    end: str

    def __post_init__(self) -> None:
        """Refuse a malformed, empty or reversed span."""
        for wall_time in (self.start, self.end):
            if not _WALL_TIME.fullmatch(wall_time):
                raise ValueError(f"giờ phải viết dạng HH:MM, từ 00:00 đến 24:00: {wall_time!r}")
        if self.start >= self.end:  # zero-padded, so text order is time order
            raise ValueError(f"khung giờ phải mở trước khi đóng: {self.start}–{self.end}")


ALL_DAY = (Window("00:00", "24:00"),)


def allows(windows: Iterable[Window], start: datetime, end: datetime, zone: tzinfo) -> bool:
    """Whether the whole of [start, end) lies inside the windows; touching windows count as one.

    Both times are aware. An empty or reversed span is never allowed.
    """
    return start < end and open_until(windows, start, end, zone) == end


def open_until(windows: Iterable[Window], start: datetime, end: datetime, zone: tzinfo) -> datetime:
    """The instant up to which sound begun at `start` may go on, at most `end`.

    It is `start` itself when the windows are closed then. Raises ValueError for naive times.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("naive datetime: permitted windows need aware times")
    spans = sorted(windows)
    reached = start
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        for span in spans:
            if _instant(day, span.start, zone) <= reached < end:
                reached = max(reached, min(end, _instant(day, span.end, zone)))
        day += timedelta(days=1)
    return reached


def _instant(day: date, wall_time: str, zone: tzinfo) -> datetime:
    hours, minutes = int(wall_time[:2]), int(wall_time[3:])
    if hours == 24:
        day, hours = day + timedelta(days=1), 0
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone)
