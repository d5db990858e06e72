"""Report period: the days that a report is about, from the address."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from scheduler.calendar import ZONE

PERIODS: Mapping[str, str] = {
    "hom-nay": "Hôm nay",
    "tuan": "Tuần này",
    "thang": "Tháng này",
    "quy": "Quý này",
    "khoang": "Từ ngày đến ngày",
}
LONGEST = timedelta(days=366)
"""A year is what the longest report of an office is about."""


class Period(Struct, frozen=True):
    """Both days included."""

    name: str
    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The midnight before it, of the villages."""
        return datetime.combine(self.first, time(), ZONE)

    @property
    def until(self) -> datetime:
        """The midnight after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZONE)


def period(name: str, first: str, last: str, today: date) -> Period:
    """Days without a meaning are those of this month; turned round or too long are cut."""
    if name == "hom-nay":
        return Period(name, today, today)
    if name == "tuan":
        monday = today - timedelta(days=today.weekday())
        return Period(name, monday, monday + timedelta(days=6))
    if name == "quy":
        start = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return Period(name, start, _month_end(start.replace(month=start.month + 2)))
    month = Period("thang", today.replace(day=1), _month_end(today))
    if name != "khoang":
        return month
    one, other = _day(first, month.first), _day(last, month.last)
    early, late = min(one, other), max(one, other)
    return Period(name, early, min(late, early + LONGEST))


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def _day(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if 2000 <= day.year <= 2999 else otherwise
