"""Schedule asked: the days, the place and the class that an address asks for."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from sqlalchemy.orm import Session

from contract.states import Class
from controller.areas import local_day
from controller.errors import NotFound
from controller.permissions import Permission, Who, scope
from scheduler.calendar import ZONE

VIEWS: Mapping[str, tuple[str, str]] = {
    "ngay": ("day", "Ngày"),
    "tuan": ("week", "Tuần"),
    "danh-sach": ("list", "Danh sách"),
}
"""By their words in the address: the name of the view, and what people read."""

ALL = "tat-ca"
_PAGE = re.compile("[0-9]{1,5}")

FARTHEST = timedelta(days=3_660)
"""Ten years to both sides: the lunar calendar and the plans of people end somewhere."""


class Asked(Struct, frozen=True, kw_only=True):
    """What is shown. `tops` are the places below which it looks; `page` 0 is all pages in one."""

    view: str
    day: date
    tops: tuple[str, ...]
    cls: int | None
    page: int

    @property
    def place(self) -> str:
        """The one place of a week and of a list."""
        return self.tops[0]

    @property
    def days(self) -> list[date]:
        """A day, or the week from Monday on that it is in."""
        if self.view == "day":
            return [self.day]
        monday = self.day - timedelta(days=self.day.weekday())
        return [monday + timedelta(days=n) for n in range(7)]

    @property
    def step(self) -> timedelta:
        """How far "before" and "after" lead."""
        return timedelta(days=len(self.days))

    @property
    def since(self) -> datetime:
        """The midnight before, of the villages."""
        return datetime.combine(self.days[0], time(), ZONE)

    @property
    def until(self) -> datetime:
        """The midnight after."""
        return datetime.combine(self.days[-1] + timedelta(days=1), time(), ZONE)


def asked(session: Session, who: Who, args: Mapping[str, str], now: datetime) -> Asked:
    """What cannot be read is today, the day, all own places.

    Raises NotFound for a place that the person may not see, and for whoever may see none.
    """
    today = local_day(now)
    place, cls, page = args.get("noi", ""), args.get("loai", ""), args.get("trang", "")
    tops = (place,) if place else who.areas_of(Permission.SEE_STATIONS)
    if not tops or not scope(session, who, Permission.SEE_STATIONS, today).issuperset(tops):
        raise NotFound("area", place)
    return Asked(
        view=VIEWS.get(args.get("xem", ""), VIEWS["ngay"])[0],
        day=_day(args.get("ngay", ""), today),
        tops=tops,
        cls=int(cls) if cls in {str(one.value) for one in Class} else None,
        page=0 if page == ALL else max(1, int(page)) if _PAGE.fullmatch(page) else 1,
    )


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return min(max(day, today - FARTHEST), today + FARTHEST)
