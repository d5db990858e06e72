"""Schedule file: the programmes of a place for the calendar on somebody's phone or desk."""

from datetime import datetime, time

from flask import Blueprint, Response, g, request
from sqlalchemy.orm import Session

from controller import programmes, schedule_rows
from controller.areas import local_day
from scheduler.calendar import ZONE
from web import places
from web.calendar_file import calendar
from web.parts import parts
from web.schedule_asked import asked

MIMETYPE = "text/calendar"

blueprint = Blueprint("schedule_file", __name__)


@blueprint.get("/lich.ics")
def file() -> Response:
    """From this morning on, as far as bulletins are released; `noi` names the place."""
    now = parts().now()
    with parts().store.reading() as session:
        place = asked(session, g.who, request.args, now).place
        made = of_place(session, place, now)
    answer = Response(made, mimetype=MIMETYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="lich-phat.ics"'
    return answer


def of_place(session: Session, area_id: str, now: datetime) -> bytes:
    """The file of a place; on one day it is the same as long as the schedule is the same."""
    row = schedule_rows.one(session, area_id, local_day(now))
    morning = datetime.combine(local_day(now), time(), ZONE)
    found = programmes.read(session, row, morning, now=now)
    targets = list({target for one in found for target in one.targets})
    names = dict(zip(targets, places.names(session, targets), strict=True))
    return calendar(f"Lịch phát {row.name}", found, names, morning)
