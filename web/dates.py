"""Dates: instants and days as Vietnamese people read them, in the village's own time zone."""

from datetime import date, datetime, time, timedelta

from scheduler.calendar import ZONE
from scheduler.lunar import lunar_day

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def local(at: datetime) -> datetime:
    """The instant on the clock of the village. Raises ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError(f"naive datetime {at!r}")
    return at.astimezone(ZONE)


def moment(at: datetime | None) -> str:
    """`dd/MM/yyyy HH:mm`; a dash for what has not happened."""
    return "–" if at is None else f"{local(at):%d/%m/%Y %H:%M}"


def short_day(at: datetime) -> str:
    """`dd/MM/yyyy`."""
    return f"{local(at):%d/%m/%Y}"


def clock_span(span: tuple[datetime, datetime]) -> str:
    """`17:00–18:00`; the end of a day is 24:00."""
    opens, closes = (f"{local(at):%H:%M}" for at in span)
    return f"{opens}–{'24:00' if closes == '00:00' else closes}"


def plain_day(day: date) -> str:
    """`dd/MM/yyyy` of a local day."""
    return f"{day:%d/%m/%Y}"


def clock_time(at: datetime | None) -> str:
    """`HH:mm:ss`, for what happened today."""
    return "–" if at is None else f"{local(at):%H:%M:%S}"


def clock_minute(at: datetime) -> str:
    """`HH:mm`."""
    return f"{local(at):%H:%M}"


def iso_day(at: datetime) -> str:
    """`2026-12-02`, as fields of a date want it."""
    return local(at).date().isoformat()


def long_day(day: date) -> str:
    """`Thứ Tư, 02/12/2026 (24/10 âm lịch)`."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y} ({lunar_words(day)})"


def lunar_words(day: date) -> str:
    """`24/10 âm lịch`; the second of two months of a number is `nhuận`."""
    lunar = lunar_day(day)
    leap = " nhuận" if lunar.leap else ""
    return f"{lunar.day}/{lunar.month}{leap} âm lịch"


_PARTS_OF_DAY = ((11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))
"""Until which hour each part of the day lasts."""


def clock_words(at: time) -> str:
    """`17:00 (5 giờ chiều)`: a phone set to another language shows 12-hour times."""
    part = next(name for until, name in _PARTS_OF_DAY if at.hour < until)
    hour = at.hour - 12 if at.hour > 12 else at.hour
    if at.minute:
        return f"{at:%H:%M} ({hour} giờ {at.minute} {part})"
    return f"{at:%H:%M} ({hour} giờ {part})"


def contact(at: datetime | None, now: datetime) -> str:
    """The last sign of a station, in words."""
    return "chưa từng liên lạc" if at is None else f"liên lạc {ago(at, now)}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago, in words."""
    passed = max(now - at, timedelta())
    if passed < timedelta(minutes=1):
        return "vừa xong"
    if passed < timedelta(hours=1):
        return f"{passed.seconds // 60} phút trước"
    if passed < timedelta(days=1):
        return f"{passed.seconds // 3600} giờ trước"
    return f"{passed.days} ngày trước"


def duration(seconds: float) -> str:
    """`1 phút 05 giây`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest:02d} giây" if minutes else f"{rest} giây"
