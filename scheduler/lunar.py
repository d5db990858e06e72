"""The Vietnamese lunar date of a day."""

from datetime import date, timedelta
from typing import NamedTuple

from lunar_vn import convert_solar_to_lunar

VIETNAM_UTC_OFFSET_H = (
    7.0  # QĐ 121-CP (1967): months and Tết differ from China's (1968, 1985, 2007)
)


class LunarDay(NamedTuple):
    """A day of the lunar calendar; `leap` marks the second of two months of the same number."""

    day: int
    month: int
    year: int
    leap: bool


def lunar_day(day: date) -> LunarDay:
    """The lunar date of a solar day. Raises ValueError outside 1900–2100."""
    lunar = convert_solar_to_lunar(day.day, day.month, day.year, VIETNAM_UTC_OFFSET_H)
    return LunarDay(lunar.day, lunar.month, lunar.year, lunar.leap)


def ends_lunar_month(day: date) -> bool:
    """Whether a new lunar month begins the next day: day 29 of a short month, 30 of a full one."""
    return lunar_day(day + timedelta(days=1)).day == 1
