"""Events: an iCalendar file (RFC 5545) read event by event; runs in a child."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, vRecur
from icalendar import Event as Component

from controller.calendars.wire import Event, Events
from controller.sheets.wire import Trouble
from scheduler.calendar import ZONE

UNREADABLE = "Giờ của sự kiện không đọc được."
MOST_EVENTS = 500
MOST_DATES = 400  # exceptions and further starts of one event
_TITLE, _TEXT, _REPEAT = 200, 7_000, 500  # characters; a longer text is told by the drafts
_A_YEAR = [timedelta(days=n) for n in (0, 91, 182, 273)]


class _Unreadable(ValueError):
    """Part of an event cannot be read; the text says which."""


def events_of(content: bytes) -> Events:
    """What stands in the file. Raises what the library raises at a broken one."""
    calendar = Calendar.from_ical(content)
    found = [each for each in calendar.subcomponents if isinstance(each, Component)]
    if len(found) > MOST_EVENTS:
        return Events(trouble=Trouble.TOO_LONG)
    return Events(events=[_event(each) for each in found])


def _event(one: Component) -> Event:
    said: dict[str, Any] = {
        "uid": str(one.get("UID", ""))[:500],
        "title": _text(one, "SUMMARY")[:_TITLE],
        "text": _text(one, "DESCRIPTION")[: _TEXT + 1],
        "place": _text(one, "LOCATION")[:_TITLE],
        "is_cancelled": str(one.get("STATUS", "")).upper() == "CANCELLED",
    }
    try:
        return Event(**said, **_times(one))
    except _Unreadable as error:
        return Event(**said, wrong=str(error))
    except Exception:  # one broken event keeps no other from being read
        return Event(**said, wrong=UNREADABLE)


def _times(one: Component) -> dict[str, Any]:
    start = one.decoded("DTSTART")
    if not isinstance(start, datetime):
        if isinstance(start, date):
            return {"starts": None}
        raise _Unreadable(UNREADABLE)
    repeat = _repeat(one)
    if repeat:
        _same_clock(start)
    excluded = [each.dt for each in _listed(one, "EXDATE")]
    further = [each.dt for each in _listed(one, "RDATE")]
    further = [each[0] if isinstance(each, tuple) else each for each in further]
    if len(excluded) + len(further) > MOST_DATES:
        raise _Unreadable(f"Sự kiện có hơn {MOST_DATES} ngày ngoại lệ.")
    if not all(isinstance(each, datetime) for each in further):
        raise _Unreadable("Có lần thêm không ghi giờ.")
    replaced = one.decoded("RECURRENCE-ID") if "RECURRENCE-ID" in one else None
    if replaced is not None and not isinstance(replaced, datetime):
        raise _Unreadable("Lần được đổi không ghi giờ.")
    return {
        "starts": _aware(start),
        "repeat": repeat,
        "excluded": [_aware(each) for each in excluded if isinstance(each, datetime)],
        "excluded_days": [each for each in excluded if not isinstance(each, datetime)],
        "further": [_aware(each) for each in further],
        "of": _aware(replaced) if replaced else None,
    }


def _repeat(one: Component) -> str:
    """The text of the RRULE; "" for none."""
    given = one.get("RRULE")
    if given is None and "EXRULE" not in one:
        return ""
    if not isinstance(given, vRecur) or "EXRULE" in one:
        raise _Unreadable("Sự kiện có nhiều cách lặp.")
    text = bytes(given.to_ical())  # type: ignore[no-untyped-call]  # the library has no types here
    if len(text) > _REPEAT:
        raise _Unreadable("Cách lặp quá dài.")
    return text.decode()


def _listed(one: Component, name: str) -> Iterator[Any]:
    given = one.get(name, [])
    for each in given if isinstance(given, list) else [given]:
        yield from each.dts


def _aware(at: datetime) -> datetime:
    """A time without a zone is the village's own."""
    return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(ZONE)


def _same_clock(start: datetime) -> None:
    """What repeats by another clock is the same here only if that clock shows our day and never
    moves. Raises _Unreadable.
    """
    if start.tzinfo is None:
        return
    offsets = {(start + each).utcoffset() for each in _A_YEAR}
    here: date = start.astimezone(ZONE).date()
    if len(offsets) > 1 or here != start.date():
        raise _Unreadable("Sự kiện lặp theo giờ của nước khác: đặt lại theo giờ Việt Nam.")


def _text(one: Component, name: str) -> str:
    return str(one.get(name, "")).strip()
