"""Timeline: a day of a station as bars on three lanes, and as words; pure but for addresses."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from flask import url_for
from msgspec import Struct
from msgspec.structs import replace

from controller import station_day
from controller.station_day import Day, Due
from scheduler.calendar import ZONE
from web import dates
from web.words import AIRING, OFFLINE, VERDICT, Word

MINUTES = 24 * 60  # the width of the drawing; a minute is one unit
LEAST = 5  # units: what is shorter would not be seen
HOURS = range(0, 24, 3)

LANES = ("planned", "played", "away")


class Bar(Struct, frozen=True, kw_only=True):
    """A bar of the drawing; `tone` is a class of styles/timeline.css."""

    lane: int
    x: float
    width: float
    tone: str = ""
    says: str = ""
    url: str = ""


class Row(Struct, frozen=True, kw_only=True):
    """The same in words; `heard` is empty when nothing was."""

    since: datetime
    clock: str
    title: str
    word: Word
    heard: str
    reason: str
    url: str


class Timeline(Struct, frozen=True, kw_only=True):
    """A day, with the days beside it; `now_x` None: it is another day."""

    day: date
    before: date
    after: date
    bars: list[Bar]
    rows: list[Row]
    now_x: float | None


def span_of(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight in the village."""
    begun = datetime.combine(day, time(), ZONE)
    return begun, begun + timedelta(days=1)


def of(found: Day, station: str, now: datetime) -> Timeline:
    """A day that was read."""
    day = found.since.astimezone(ZONE).date()
    bars = [*_due(found, station), *_heard(found, station, now), *_away(found, station)]
    inside = found.since <= now < found.until
    return Timeline(
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        bars=bars,
        rows=sorted(_rows(found, station, now), key=lambda row: row.since),
        now_x=_x(found, now) if inside else None,
    )


def word_of(one: Due) -> Word:
    """What became of it, or what is to become of it."""
    return VERDICT[one.verdict] if one.verdict else AIRING[one.state]


def why_url(station: str, one: Due) -> str:
    """Where it is told why: of a verdict, or of the minute in which it was to begin."""
    if one.verdict:
        return url_for("station.airing", station_id=station, airing_id=one.airing_id)
    return minute_url(station, one.since)


def minute_url(station: str, at: datetime) -> str:
    """Why the station did what it did in this minute."""
    at = at.astimezone(ZONE)
    return url_for(
        "station_minute.show", station_id=station, ngay=f"{at:%Y-%m-%d}", gio=f"{at:%H:%M}"
    )


def _due(found: Day, station: str) -> Iterator[Bar]:
    for one in found.due:
        says = f"{_span(one.since, one.until)} {one.title}: {word_of(one).text}"
        bar = _bar(found, 0, one.since, one.until)
        yield replace(bar, tone=word_of(one).tone, says=says, url=why_url(station, one))


def _heard(found: Day, station: str, now: datetime) -> Iterator[Bar]:
    for one in station_day.sounded(found.due, found.since, found.until, now):
        span = (one.heard_since or one.since, station_day.heard_until(one, now))
        says = f"{_span(*span)} đã phát {one.title}"
        bar = _bar(found, 1, *span)
        yield replace(bar, tone="live", says=says, url=why_url(station, one))


def _away(found: Day, station: str) -> Iterator[Bar]:
    for gap in found.away:
        says = f"{_span(gap.since, gap.until)} mất kết nối"
        bar = _bar(found, 2, gap.since, gap.until)
        yield replace(bar, tone="bad", says=says, url=minute_url(station, gap.since))


def _rows(found: Day, station: str, now: datetime) -> Iterator[Row]:
    for one in found.due:
        heard = ""
        if one.heard_since:
            heard = f"phát {_span(one.heard_since, station_day.heard_until(one, now))}"
        yield Row(
            since=one.since,
            clock=_span(one.since, one.until),
            title=one.title,
            word=word_of(one),
            heard=heard,
            reason=one.reason,
            url=why_url(station, one),
        )
    for gap in found.away:
        yield Row(
            since=gap.since,
            clock=_span(gap.since, gap.until),
            title="Máy chủ không nghe thấy cụm loa",
            word=OFFLINE,
            heard="",
            reason="",
            url=minute_url(station, gap.since),
        )


def _bar(found: Day, lane: int, since: datetime, until: datetime) -> Bar:
    """Cut to the day."""
    left, right = _x(found, max(since, found.since)), _x(found, min(until, found.until))
    width = max(right - left, LEAST)
    return Bar(lane=lane, x=round(min(left, MINUTES - width), 1), width=round(width, 1))


def _x(found: Day, at: datetime) -> float:
    return (at - found.since) / (found.until - found.since) * MINUTES


def _span(since: datetime, until: datetime) -> str:
    begun, over = dates.clock_minute(since), dates.clock_minute(until)
    return begun if begun == over else f"{begun}–{over}"
