"""Unit hours: when the loudspeakers of an area may sound, as its administrators decide."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from contract.windows import ALL_DAY
from controller import areas
from controller import hours as area_hours
from controller.areas import local_day
from controller.errors import Invalid
from scheduler.windows import BOUND, in_words
from web import units
from web.bulletin_page import Page
from web.parts import parts

SPANS = 3  # morning, noon, evening
NOBODYS = "undecided"
"""The name of the button by which an area gives its own decision up."""

blueprint = Blueprint("unit_hours", __name__, url_prefix="/don-vi")


@blueprint.get("/<area_id>/gio")
def show(area_id: str) -> str:
    """What holds there today, and the form."""
    return _page(area_id, [], {})


@blueprint.post("/<area_id>/gio")
def decide(area_id: str) -> Page | Response:
    """From now on these hours, or none of its own; every plan below follows."""
    wanted = None if NOBODYS in request.form else spans(request.form)
    try:
        with parts().store.writing() as session:
            area_hours.decide(session, g.who, area_id, wanted, now=parts().now())
    except Invalid as error:
        return _page(area_id, wanted or [], error.by_field()), 422
    parts().nudge()
    flash("Đã đổi giờ được phát. Các cụm loa nhận lịch mới trong một phút.", "good")
    return redirect(url_for("unit_hours.show", area_id=area_id), 303)


def spans(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """The typed starts and ends; a line that was left empty is none."""
    typed = zip(form.getlist("start"), form.getlist("end"), strict=False)
    return [(start[:5], end[:5]) for start, end in typed if start or end]


def lines(filled: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those, and empty ones to fill in."""
    return filled + [("", "")] * (SPANS - len(filled))


def _page(area_id: str, typed: list[tuple[str, str]], errors: dict[str, str]) -> str:
    with parts().store.reading() as session:
        area = units.reached(session, area_id)
        today = local_day(parts().now())
        line = areas.lineages(session, [area_id], today)[area_id]
        around = areas.permitted_windows(session, line, today)
        own = area_hours.decided(session, area_id)
    shown = [] if tuple(own) == ALL_DAY else [(each.start, each.end) for each in own]
    return render_template(
        "units/hours.html",
        area=area,
        now_in_words=in_words(around[area_id]),
        above_in_words=in_words(around[line[1]]) if len(line) > 1 else "",
        decided=bool(own),
        spans=lines(typed or shown),
        bound=BOUND[0],
        undecided=NOBODYS,
        errors=errors,
    )
