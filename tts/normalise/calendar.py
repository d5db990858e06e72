"""Days, months and years in words; which days there are."""

from tts.normalise.numerals import cardinal

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def day(number: str) -> str:
    """Days up to the tenth are "mùng"."""
    said = cardinal(int(number))
    return f"mùng {said}" if int(number) <= 10 else said


def month(number: str) -> str:
    """The fourth month is "tư", never "bốn"."""
    return "tư" if int(number) == 4 else cardinal(int(number))


def year(number: str) -> str:
    """Two digits stay two: the century is not ours to add."""
    return f"năm {cardinal(int(number))}"


def exists(day_: int, month_: int, year_: int | None) -> bool:
    """Whether the calendar has this day; 29/2 without a year may be."""
    if not (1 <= month_ <= 12 and 1 <= day_ <= _LENGTHS[month_ - 1]):
        return False
    leap = year_ is None or (year_ % 4 == 0 and (year_ % 100 != 0 or year_ % 400 == 0))
    return leap or (day_, month_) != (29, 2)
