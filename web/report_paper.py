"""Report paper: a report as an office sends it, in the form of Nghị định 30/2020/NĐ-CP, as PDF."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request
from msgspec import structs
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import report
from controller.areas import local_day
from controller.mails.periods import Span
from controller.model import Area
from controller.printing.process import NoPaper, pdf
from controller.report import Report
from web import official, places
from web.official import Official
from web.parts import parts
from web.report_cells import number as in_words
from web.report_cells import percent, span
from web.report_page import facts, of_request
from web.report_period import Period

blueprint = Blueprint("report_paper", __name__, url_prefix="/bao-cao/van-ban")


@blueprint.get("/")
def form() -> str:
    """Who sends the report and signs it: asked before it is laid out."""
    return _form("")


@blueprint.get("/pdf")
def paper() -> AnyResponse | tuple[str, int]:
    """The report as PDF; its own browser tab or printer shows it."""
    when, sought = of_request()
    with parts().store.reading() as session:
        found = report.read(session, g.who, sought, now=parts().now())
        head, place = _head(session, sought.area)
        html = laid_out(found, head, place, when)
    try:
        made = pdf(html)
    except NoPaper as error:
        return _form(str(error.__doc__)), 503
    answer = Response(made, mimetype="application/pdf")
    name = f"bao-cao-{when.first:%Y%m%d}-{when.last:%Y%m%d}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def laid_out(found: Report, head: Official, place: str, when: Period | Span) -> str:
    """The report as HTML for paper; it is never sent to a browser."""
    return render_template(
        "report/official.html",
        **facts(found),
        **_words(head, when),
        place=place or "các nơi được giao",
        title=f"Báo cáo phát thanh {place}".strip(),
    )


def _form(wrong: str) -> str:
    when, sought = of_request()
    with parts().store.reading() as session:
        report.reach(session, g.who, sought.area, now=parts().now())
        head, place = _head(session, sought.area)
    return render_template(
        "report/official_form.html",
        official=structs.asdict(head),
        names=official.FIELDS,
        hints=official.HINTS,
        lines=official.LINES,
        period=when,
        place=place,
        here=request.args.to_dict(),
        wrong=wrong,
    )


def _head(session: Session, area_id: str) -> tuple[Official, str]:
    """The head as typed, and the name of the place."""
    area = session.get(Area, area_id) if area_id else None
    place = places.names(session, [area_id])[0] if area_id else ""
    return official.given(request.args, official.usual(area)), place


def _words(head: Official, when: Period | Span) -> dict[str, Any]:
    today = local_day(parts().now())
    return {
        "official": head,
        "period": when,
        "date_line": official.date_line(head.place, today),
        "number": in_words,
        "percent": percent,
        "span": span,
    }
