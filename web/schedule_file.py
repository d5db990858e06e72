"""Schedule file: the programmes of a place for the calendar on somebody's phone or desk."""

from datetime import datetime, time

from flask import Blueprint, Response, g, request

from controller import programmes, schedule_rows
from controller.areas import local_day
from scheduler.calendar import ZONE
from web import places
from web.calendar_file import calendar
from web.parts import parts
from web.schedule_asked import asked

blueprint = Blueprint("schedule_file", __name__)


@blueprint.get("/lich.ics")
def file() -> Response:
    """From this morning on, as far as bulletins are released; `noi` names the place."""
    now = parts().now()
    with parts().store.reading() as session:
        seen = asked(session, g.who, request.args, now)
        row = schedule_rows.one(session, seen.place, local_day(now))
        since = datetime.combine(local_day(now), time(), ZONE)
        found = programmes.read(session, row, since, now=now)
        targets = list({target for one in found for target in one.targets})
        names = dict(zip(targets, places.names(session, targets), strict=True))
    made = calendar(f"Lịch phát {row.name}", found, names, now)
    answer = Response(made, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="lich-phat.ics"'
    return answer
