"""Uptime: how well the loudspeakers of a place were connected over a period, and every outage."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, g, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import uptime
from controller.areas import local_day
from controller.permissions import Permission
from controller.uptime import Line, Uptime
from web import places
from web.dates import moment
from web.parts import parts
from web.report_cells import number, percent, span
from web.report_page import XLSX, of_request
from web.report_period import PERIODS
from web.report_sheet import Table, workbook
from web.shared import REPORTS, counted

HEADS = ("Cụm loa", "Chưa từng kết nối", "Theo dõi (giây)", "Mất kết nối (giây)", "Tỷ lệ kết nối")

blueprint = Blueprint("uptime", __name__, url_prefix="/bao-cao/ket-noi")


@blueprint.get("/")
def index() -> str:
    """By commune, the least connected first; of one commune by station, with its outages."""
    when, sought = of_request()
    now, asking = parts().now(), g.who

    def read(session: Session, now: datetime) -> Uptime:
        return uptime.read(session, asking, when.since, when.until, sought.area, now=now)

    key = ("uptime", asking.grants, when.since, when.until, sought.area)
    found, at = counted(key, read, REPORTS)
    with parts().store.reading() as session:
        choices = places.choices(session, g.who, Permission.SEE_STATIONS, local_day(now))
        place = places.names(session, [sought.area])[0] if sought.area else ""
    return render_template(
        "report/uptime.html",
        uptime=found,
        at=at,
        period=when,
        periods=PERIODS,
        sought=sought,
        places=choices,
        place=place,
        number=number,
        share=share,
        span=lambda time: span(time.total_seconds()),
        here=request.args.to_dict(),
    )


@blueprint.get("/bang-tinh")
def sheet() -> AnyResponse:
    """The same as an XLSX workbook."""
    when, sought = of_request()
    now = parts().now()
    with parts().store.reading() as session:
        found = uptime.read(session, g.who, when.since, when.until, sought.area, now=now)
        place = places.names(session, [sought.area])[0] if sought.area else "mọi nơi được giao"
    title = f"Kết nối của cụm loa, {place}, từ {when.first:%d/%m/%Y} đến {when.last:%d/%m/%Y}"
    answer = Response(workbook(title, _tables(found)), mimetype=XLSX)
    name = f"ket-noi-{when.first:%Y%m%d}-{when.last:%Y%m%d}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def share(line: Line) -> str:
    """`98,5%`, or a dash."""
    return "–" if line.share is None else percent(line.share)


def _tables(found: Uptime) -> list[Table]:
    outages = (
        (one.name, moment(one.since), moment(one.until), _seconds(one.until - one.since))
        for one in found.outages
    )
    return [
        ("Theo nơi", ("Nơi", *HEADS), [_row(line) for line in found.places]),
        ("Theo cụm loa", ("Cụm loa", *HEADS), [_row(line) for line in found.stations]),
        ("Lần mất kết nối", ("Cụm loa", "Từ", "Đến", "Giây"), outages),
    ]


def _row(line: Line) -> tuple[str | int | float, ...]:
    figures = (line.stations, line.never, _seconds(line.watched), _seconds(line.away))
    return (line.name, *figures, "–" if line.share is None else line.share)


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
