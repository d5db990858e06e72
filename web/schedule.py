"""Schedule: the day of many places, the week of one, or a list, of what is heard when."""

from datetime import date
from typing import Any

from flask import Blueprint, g, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas, schedule, schedule_rows
from controller.areas import local_day
from controller.model import Holiday
from controller.permissions import Permission, scope
from controller.schedule import Slot
from controller.schedule_rows import Row
from web import places
from web.dates import WEEKDAYS, lunar_words
from web.parts import parts
from web.schedule_asked import VIEWS, Asked, asked
from web.schedule_band import band
from web.schedule_block import Blocks
from web.schedule_board import busy, hours, line, on_day
from web.words import CLASS

MOST_ROWS = 20  # places on one page; all of a province on one is for paper
MOST_LISTED = 50  # lines of the list on one page
MOST_IN_CELL = 6  # airings; the hour of a whole province may have hundreds, which the list tells

blueprint = Blueprint("schedule", __name__, url_prefix="/lich")


@blueprint.get("/")
def index() -> str:
    """What is heard when, as the address asks."""
    now = parts().now()
    with parts().store.reading() as session:
        seen = asked(session, g.who, request.args, now)
        slots = schedule.read(session, seen.since, seen.until, now=now)
        if seen.cls is not None:
            slots = [slot for slot in slots if slot.cls == seen.cls]
        return render_template(
            f"schedule/{seen.view}.html",
            **_SHOWN[seen.view](session, seen, slots),
            seen=seen,
            views=VIEWS,
            today=local_day(now),
            heads={day: day_words(day) for day in seen.days},
            holidays=_holidays(session, seen.days),
            places=places.choices(session, g.who, Permission.SEE_STATIONS, local_day(now)),
            classes=CLASS,
            here=request.args.to_dict(),
        )


def day_words(day: date) -> str:
    """`Thứ Hai 23/11/2026 (15/10 âm lịch)`."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y} ({lunar_words(day)})"


def _day(session: Session, seen: Asked, slots: list[Slot]) -> dict[str, Any]:
    """The places one below the other."""
    rows = schedule_rows.read(session, seen.tops, seen.day)
    first = max(seen.page - 1, 0) * MOST_ROWS
    shown = rows[first : first + MOST_ROWS] if seen.page else rows
    more = len(shown) + first < len(rows)
    table = _table(session, seen, slots, shown)
    return {**table, "count": len(rows), "first": first, "more": more}


def _week(session: Session, seen: Asked, slots: list[Slot]) -> dict[str, Any]:
    """The days of one place."""
    return _table(session, seen, slots, [schedule_rows.one(session, seen.place, seen.day)])


def _table(session: Session, seen: Asked, slots: list[Slot], rows: list[Row]) -> dict[str, Any]:
    of = schedule_rows.touching(rows, slots, schedule_rows.homes_of(session, slots))
    windows = areas.permitted_windows(session, [row.id for row in rows], seen.day)
    dated = [(row, day, on_day(of[row.id], day)) for row in rows for day in seen.days]
    shown = hours((day, windows[row.id], found) for row, day, found in dated)
    lines = [(row, line(row.id, day, windows[row.id], found, shown)) for row, day, found in dated]
    return {
        "hours": shown,
        "busy": busy(line for _, line in lines),
        "lines": lines,
        "most": MOST_IN_CELL,
        "blocks": _blocks(session, [slot for found in of.values() for slot in found]),
        "band": band,
    }


def _list(session: Session, seen: Asked, slots: list[Slot]) -> dict[str, Any]:
    """What is heard somewhere in the place, fifty at a time."""
    row = schedule_rows.one(session, seen.place, seen.day)
    found = schedule_rows.touching([row], slots, schedule_rows.homes_of(session, slots))[row.id]
    first = max(seen.page - 1, 0) * MOST_LISTED
    page = found[first : first + MOST_LISTED]
    by_day: dict[date, list[Slot]] = {}
    for slot in page:
        by_day.setdefault(max(local_day(slot.starts_at), seen.days[0]), []).append(slot)
    more = len(found) > first + MOST_LISTED
    return {
        "row": row,
        "by_day": by_day,
        "count": len(found),
        "more": more,
        "where": _names(session, page),
        "blocks": _blocks(session, page),
    }


def _names(session: Session, slots: list[Slot]) -> dict[str, str]:
    """What the targets are called, each asked once."""
    targets = list({target for slot in slots for target in slot.targets})
    return dict(zip(targets, places.names(session, targets), strict=True))


def _blocks(session: Session, slots: list[Slot]) -> Blocks:
    now = parts().now()
    readable = scope(session, g.who, Permission.SEE_BULLETINS, local_day(now))
    written = scope(session, g.who, Permission.COMPOSE, local_day(now))
    told = schedule.verdicts(session, slots)
    return Blocks(slots, told, readable=readable, written=written, now=now)


def _holidays(session: Session, days: list[date]) -> dict[date, str]:
    query = select(Holiday.day, Holiday.name).where(Holiday.day.in_(days))
    return dict(list(session.execute(query)))


_SHOWN = {"day": _day, "week": _week, "list": _list}
