"""Calendar: the time zone of the village and its public holidays."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Holiday(msgspec.Struct, frozen=True, order=True):
    """A day off. The table of them is edited by people: swap days are decreed late or never."""

    day: date
    name: str


def vietnam_holidays(year: int) -> list[Holiday]:
    """The public holidays of a year as `holidays` knows them, to seed the editable table.

    Compensation days are in it. Names are Vietnamese.
    """
    import holidays  # noqa: PLC0415 - 200 countries; only seeding the table needs it

    known: Mapping[date, str] = holidays.country_holidays("VN", years=year, language="vi")
    return sorted(Holiday(day, name) for day, name in known.items())
