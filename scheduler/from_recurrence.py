"""From recurrence: an event that another calendar repeats (RFC 5545, 3.3.10) becomes a rule.

What no rule of ours can say exactly is refused, never rounded.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product

from msgspec import Struct

from scheduler.calendar import ZONE
from scheduler.patterns import (
    Daily,
    EveryNWeeks,
    MonthlyDays,
    MonthlyWeekdays,
    Once,
    Pattern,
    Weekday,
    Weekly,
    Yearly,
    days_of,
)
from scheduler.recurrence import DAY_NAMES
from scheduler.rules import Move, Rule

FARTHEST = timedelta(days=3_660)
"""So far a number of repetitions is counted: ten years, whatever a hostile file says."""

_DAYS = {name: day for day, name in DAY_NAMES.items()}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "UNTIL", "COUNT", "WKST"}


class Unsayable(ValueError):
    """No rule says this; the text tells people why."""


class Recurring(Struct, frozen=True, kw_only=True):
    """An event in time, aware. `repeat` is the text of its RRULE; "" for a single one.

    `excluded` are starts, or whole local days; `moved` starts that were put elsewhere.
    """

    first: datetime
    repeat: str = ""
    excluded: tuple[datetime | date, ...] = ()
    further: tuple[datetime, ...] = ()
    moved: tuple[Move, ...] = ()


def rule_of(event: Recurring) -> Rule:
    """The rule with exactly the starts of the event. Raises Unsayable."""
    first = event.first.astimezone(ZONE)
    parts = _parts(event.repeat)
    pattern = _pattern(parts, first.date()) if parts else Once(first.date())
    if not pattern.speaks_on(first.date()):
        raise Unsayable("Lần đầu của sự kiện không nằm trong cách lặp của nó.")
    skips = {day for each in event.excluded if (day := _skipped(each, first))}
    return Rule(
        pattern=pattern,
        times=(first.time(),),
        valid_from=first.date() if parts else None,
        valid_to=_last(parts, pattern, first) if parts else None,
        skips=tuple(sorted(skips)),
        moves=event.moved,
        extras=tuple(sorted(set(event.further) - {event.first})),
    )


def _parts(text: str) -> dict[str, str]:
    parts = dict(one.split("=", 1) for one in text.upper().split(";") if "=" in one)
    unknown = sorted(parts.keys() - _KNOWN)
    if unknown:
        raise Unsayable(f"Cách lặp dùng {', '.join(unknown)}, máy không nhận.")
    if text and "FREQ" not in parts:
        raise Unsayable("Cách lặp không đọc được.")
    return parts


def _pattern(parts: Mapping[str, str], first: date) -> Pattern:
    make = _PATTERNS.get(parts["FREQ"])
    if make is None:
        raise Unsayable("Sự kiện lặp dày hơn mỗi ngày một lần: hãy tách thành từng giờ.")
    every = _number(parts.get("INTERVAL", "1"))
    if every != 1 and parts["FREQ"] != "WEEKLY":
        raise Unsayable(f"Sự kiện lặp cách quãng ({every} ngày, tháng hoặc năm một lần).")
    return make(parts, first, every)


def _daily(parts: Mapping[str, str], first: date, _: int) -> Pattern:
    _refuse(parts, "BYMONTHDAY", "BYMONTH")
    return Weekly(_weekdays(parts, first)) if "BYDAY" in parts else Daily()


def _weekly(parts: Mapping[str, str], first: date, every: int) -> Pattern:
    _refuse(parts, "BYMONTHDAY", "BYMONTH")
    days = _weekdays(parts, first)
    if every == 1:
        return Weekly(days)
    if not 1 <= every <= 52:
        raise Unsayable("Số tuần giữa hai lần phải từ 1 đến 52.")
    begins = parts.get("WKST", "MO")
    if len(days) > 1 and begins != "MO" and (begins != "SU" or Weekday.SUNDAY in days):
        raise Unsayable("Sự kiện lặp vài tuần một lần với tuần không bắt đầu từ thứ Hai.")
    return EveryNWeeks(days, every, first)


def _monthly(parts: Mapping[str, str], first: date, _: int) -> Pattern:
    _refuse(parts, "BYMONTH")
    if "BYDAY" not in parts:
        texts = parts.get("BYMONTHDAY", str(first.day)).split(",")
        days = tuple(dict.fromkeys(_number(text) for text in texts))
        if any(not 1 <= abs(day) <= 31 for day in days):
            raise Unsayable("Ngày trong tháng phải từ 1 đến 31.")
        return MonthlyDays(days)
    _refuse(parts, "BYMONTHDAY")
    named = [_DAY.fullmatch(text) for text in parts["BYDAY"].split(",")]
    if not any(each and each[1] for each in named):
        return Weekly(_weekdays(parts, first))
    pairs = {(_number(each[1] or "0"), _DAYS[each[2]]) for each in named if each}
    nths, days_ = sorted({n for n, _ in pairs}), sorted({day for _, day in pairs})
    if (
        None in named
        or pairs != set(product(nths, days_))
        or any(not 1 <= abs(n) <= 5 for n in nths)
    ):
        raise Unsayable("Các thứ trong tháng của sự kiện không cùng một lần thứ mấy.")
    return MonthlyWeekdays(tuple(days_), tuple(nths))


def _yearly(parts: Mapping[str, str], first: date, _: int) -> Pattern:
    _refuse(parts, "BYDAY")
    if "BYMONTHDAY" in parts and "BYMONTH" not in parts:
        raise Unsayable("Cách lặp hằng năm không nói rõ tháng.")
    day = _number(parts.get("BYMONTHDAY", str(first.day)))
    month = _number(parts.get("BYMONTH", str(first.month)))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise Unsayable("Cách lặp hằng năm không nói rõ một ngày.")
    return Yearly(day, month)


_PATTERNS: Mapping[str, Callable[[Mapping[str, str], date, int], Pattern]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}


def _weekdays(parts: Mapping[str, str], first: date) -> tuple[Weekday, ...]:
    if "BYDAY" not in parts:
        return (Weekday(first.isoweekday()),)
    texts = parts["BYDAY"].split(",")
    if not set(texts) <= _DAYS.keys():
        raise Unsayable("Các thứ trong tuần của sự kiện không đọc được.")
    return tuple(sorted({_DAYS[text] for text in texts}))


def _last(parts: Mapping[str, str], pattern: Pattern, first: datetime) -> date | None:
    """The last day on which it may speak."""
    if "UNTIL" in parts and "COUNT" in parts:
        raise Unsayable("Cách lặp vừa ghi ngày cuối vừa ghi số lần.")
    if "COUNT" in parts:
        count = _number(parts["COUNT"])
        days = days_of(pattern, first.date(), first.date() + FARTHEST)
        said = list(islice(days, max(0, count)))
        if not said:
            raise Unsayable("Số lần lặp phải từ 1 trở lên.")
        return said[-1]
    return _until(parts["UNTIL"], first) if "UNTIL" in parts else None


def _until(text: str, first: datetime) -> date:
    found = _UNTIL.fullmatch(text)
    end = _end(found) if found else None
    if found is None or end is None:
        raise Unsayable("Ngày cuối của cách lặp không đọc được.")
    is_too_early = found[2] and end.time() < first.time()
    last = end.date() - timedelta(days=1 if is_too_early else 0)
    if last < first.date():
        raise Unsayable("Cách lặp kết thúc trước khi bắt đầu.")
    return last


def _end(found: re.Match[str]) -> datetime | None:
    """The moment after which nothing starts; of a day alone its beginning, but the day counts."""
    try:
        naive = datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007
        return naive.replace(tzinfo=UTC if found[3] else ZONE).astimezone(ZONE)
    except (ValueError, OverflowError):
        return None


def _skipped(each: datetime | date, first: datetime) -> date | None:
    """The day that an exception drops; None for one that hits no start (RFC 5545, 3.8.5.1)."""
    if not isinstance(each, datetime):
        return each
    local = each.astimezone(ZONE)
    return local.date() if local.time() == first.time() else None


def _refuse(parts: Mapping[str, str], *names: str) -> None:
    if any(name in parts for name in names):
        raise Unsayable("Cách lặp ghép nhiều điều kiện, máy không nhận.")


def _number(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}", text):
        raise Unsayable(f"Cách lặp có “{text[:20]}”, không phải là một số.")
    return int(text)
