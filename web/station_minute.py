"""Why, of one minute of a station: what should have sounded, what did, or why it was silent."""

from datetime import datetime

from flask import Blueprint, g, render_template, request

from controller import minute, stations
from controller.permissions import Permission
from scheduler.calendar import ZONE
from web import timeline
from web.parts import parts

UNREADABLE = "Không đọc được thời điểm. Nhập ngày và giờ, ví dụ 17:05."

blueprint = Blueprint("station_minute", __name__, url_prefix="/tram-loa")


@blueprint.get("/<station_id>/vi-sao")
def show(station_id: str) -> str:
    """The answer for a local day (`ngay`) and time (`gio`); without them, the form for now."""
    now = parts().now()
    local = now.astimezone(ZONE)
    day = request.args.get("ngay") or f"{local:%Y-%m-%d}"
    at = request.args.get("gio") or f"{local:%H:%M}"
    since = _since(day, at)
    with parts().store.reading() as session:
        station = stations.get(session, g.who, Permission.SEE_STATIONS, station_id, now)
        found = minute.of_minute(session, station, since, now) if since else None
    return render_template(
        "stations/minute.html",
        station=station,
        found=found,
        day=day,
        at=at,
        errors={} if found else {"gio": UNREADABLE},
        words=timeline.word_of,
        why_url=timeline.why_url,
    )


def _since(day: str, at: str) -> datetime | None:
    """The beginning of the minute; None when it cannot be read."""
    try:
        found = datetime.fromisoformat(f"{day}T{at}").replace(second=0, microsecond=0, tzinfo=ZONE)
        found.astimezone(ZONE).timestamp()
    except (ValueError, OverflowError):
        return None
    return found if 2000 <= found.year < 2100 else None
