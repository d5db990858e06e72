"""Report page: what was to be heard over a period and what was; the same as a workbook."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from contract.states import Cause, Class, Verdict
from contract.telling import CAUSES
from controller import report, stations
from controller.areas import local_day
from controller.model import Field
from controller.permissions import Permission
from controller.report import Figures, Report, Sought
from web import places, report_cells
from web.parts import parts
from web.report_cells import number, percent, span
from web.report_period import PERIODS, Period, period
from web.report_sheet import HEADS, Cell, Table, workbook
from web.shared import REPORTS, counted
from web.words import CLASS, FIELD, FIELDS, VERDICT

COLUMNS = (
    Verdict.AIRED,
    Verdict.PARTIAL,
    Verdict.MISSED,
    Verdict.SKIPPED,
    Verdict.FAILED,
    Verdict.UNVERIFIED,
    Verdict.PENDING,
)
SILENT_TEN_DAYS = "sau 10 ngày cụm loa vẫn chưa báo gì"
PLAYED_UNHEARD = "máy đã phát nhưng không đo được tiếng ở loa"
MOST_PLACES = 40  # where the least was played; the others are a tap away, and in the sheet
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("report", __name__, url_prefix="/bao-cao")


@blueprint.get("/")
def index() -> str:
    """The report of the period and place that the address names."""
    when, sought = _period(), _sought()
    asking = g.who

    def read(session: Session, now: datetime) -> Report:
        return report.read(session, asking, sought, now=now)

    found, at = counted(("report", asking.grants, sought), read, REPORTS)
    with parts().store.reading() as session:
        now = parts().now()
        return render_template(
            "report/show.html",
            report=found,
            at=at,
            most=None if "tat-ca" in request.args else MOST_PLACES,
            period=when,
            periods=PERIODS,
            sought=sought,
            places=places.choices(session, g.who, Permission.SEE_STATIONS, local_day(now)),
            place=places.names(session, [sought.area])[0] if sought.area else "",
            fields=FIELDS,
            classes=CLASS,
            columns=[(verdict, VERDICT[verdict]) for verdict in COLUMNS],
            reasons=_reasons(found),
            number=number,
            percent=percent,
            span=span,
            bar=report_cells.bar,
            cells_of=partial(report_cells.of, columns=COLUMNS),
            virtual=stations.virtual_in(
                session, report.reach(session, g.who, sought.area, now=now)
            ),
            here=request.args.to_dict(),
        )


@blueprint.get("/bang-tinh")
def sheet() -> AnyResponse:
    """The same as an XLSX workbook."""
    when, sought = _period(), _sought()
    with parts().store.reading() as session:
        found = report.read(session, g.who, sought, now=parts().now())
        place = places.names(session, [sought.area])[0] if sought.area else "mọi nơi được giao"
    answer = Response(as_workbook(found, place, when.first, when.last), mimetype=XLSX)
    name = f"bao-cao-{when.first:%Y%m%d}-{when.last:%Y%m%d}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def of_request() -> tuple[Period, Sought]:
    """The period and the places that the address names."""
    return _period(), _sought()


def facts(found: Report) -> dict[str, Any]:
    """What a report on paper shows: lines of (name, figures)."""
    return {
        "report": found,
        "places": [(one.name, one.figures) for one in found.places],
        "stations": [(one.name, figures) for one, figures in found.stations],
        "fields": [(FIELD[Field(key)], one) for key, one in found.fields.items()],
        "classes": [(CLASS[Class(key)].text, one) for key, one in found.classes.items()],
        "columns": [(verdict, VERDICT[verdict]) for verdict in COLUMNS],
        "reasons": _reasons(found),
    }


def as_workbook(found: Report, place: str, first: date, last: date) -> bytes:
    """A report as XLSX."""
    title = f"Báo cáo phát thanh, {place}, từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"
    return workbook(title, _tables(found))


def _period() -> Period:
    args = request.args
    today = local_day(parts().now())
    return period(args.get("ky", ""), args.get("tu", ""), args.get("den", ""), today)


def _sought() -> Sought:
    """What cannot be read of the address does not narrow."""
    when = _period()
    subject, cls = request.args.get("linh-vuc", ""), request.args.get("loai", "")
    return Sought(
        since=when.since,
        until=when.until,
        area=request.args.get("noi", ""),
        field=int(subject) if subject in {str(one.value) for one in Field} else None,
        cls=int(cls) if cls in {str(one.value) for one in Class} else None,
    )


def _reasons(found: Report) -> list[tuple[Verdict, str, int]]:
    """(verdict, why in words, how many), the most frequent first."""
    return [
        (Verdict(verdict), _why(Verdict(verdict), cause), count)
        for (verdict, cause), count in found.reasons.items()
    ]


def _why(verdict: Verdict, cause: str) -> str:
    if verdict is Verdict.UNVERIFIED:
        return SILENT_TEN_DAYS
    if verdict is Verdict.FAILED and cause == Cause.FINISHED:
        return PLAYED_UNHEARD
    return CAUSES[Cause(cause)] if cause else ""


def _tables(found: Report) -> list[Table]:
    def of(name: str, head: str, lines: list[tuple[str, Figures]]) -> Table:
        return name, (head, *HEADS), [_row(text, one) for text, one in lines]

    whys = [(VERDICT[verdict].text, why, count) for verdict, why, count in _reasons(found)]
    contents = [(one.title, one.times, *_times(one.figures)) for one in found.contents]
    tables: list[Table] = [
        of("Nơi", "Nơi", [("Tất cả", found.total), *((p.name, p.figures) for p in found.places)]),
        of("Lĩnh vực", "Lĩnh vực", [(FIELD[Field(k)], v) for k, v in found.fields.items()]),
        of("Loại tin", "Loại tin", [(CLASS[Class(k)].text, v) for k, v in found.classes.items()]),
        ("Lý do", ("Kết quả", "Lý do", "Số lượt"), whys),
        ("Nội dung", ("Bản tin", "Số lần phát", *HEADS[-3:]), contents),
    ]
    if found.stations:
        lines = [(f"{one.name} ({one.id})", figures) for one, figures in found.stations]
        tables.append(of("Cụm loa", "Cụm loa", lines))
    return tables


def _row(text: str, one: Figures) -> Sequence[Cell]:
    verdicts = (one.verdicts[verdict] for verdict in COLUMNS)
    return (text, one.asked, *verdicts, one.late, *_times(one))


def _times(one: Figures) -> tuple[int, int, float]:
    return int(one.asked_s), int(one.played_s), one.share
