"""Calendar file: programmes as an iCalendar (RFC 5545) that other calendars subscribe to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from controller.programmes import Programme
from scheduler.calendar import ZONE
from scheduler.recurrence import Series
from web.words import CLASS

MAKER = "-//Truyen Thanh//Lich phat//VI"
AGAIN = timedelta(hours=1)
"""When whoever follows it should look again (RFC 7986, 5.7)."""


def calendar(
    name: str, programmes: Iterable[Programme], places: Mapping[str, str], now: datetime
) -> bytes:
    """The file, with its time zone in it. `places` are the names of the targets."""
    import icalendar  # noqa: PLC0415 - a few people subscribe; the other pages need no parser

    made = icalendar.Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)  # what programs older than RFC 7986 read
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")  # the same, for Outlook
    for one in programmes:
        where = ", ".join(places[target] for target in one.targets)
        for n, each in enumerate(one.series):
            event = icalendar.Event()
            event.add("uid", f"{one.bulletin_id}-{n}@truyen-thanh")
            event.add("dtstamp", now.astimezone(UTC))
            event.add("summary", one.title)
            event.add("location", where)
            event.add("categories", [CLASS[one.cls].text])
            event.add("transp", "TRANSPARENT")  # nobody's own time is taken
            for key, value in _times(each, one.length):
                event.add(key, value)
            made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _times(one: Series, length: timedelta) -> Iterator[tuple[str, object]]:
    """In the villages' own zone, for in UTC a morning is on another weekday; UNTIL must be UTC."""
    yield "dtstart", one.first.astimezone(ZONE)
    yield "duration", timedelta(seconds=max(1, round(length.total_seconds())))
    if one.repeat:
        yield "rrule", {**one.repeat, "UNTIL": one.last.astimezone(UTC)}
    if one.excluded:
        yield "exdate", list(one.excluded)
    if one.further:
        yield "rdate", list(one.further)
