"""Units: the tree of areas as it is, or was on a day; areas are added and renamed by decree."""

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from controller import area_history, areas, decrees
from controller.areas import local_day
from controller.decrees import Decree, Part
from controller.errors import Invalid, NotFound
from controller.model import Area, AreaKind
from controller.permissions import Permission, require
from web.bulletin_page import Page
from web.parts import parts
from web.words import AREA_KIND, DEED

blueprint = Blueprint("units", __name__, url_prefix="/don-vi")


@blueprint.get("/")
def index() -> Page | Response:
    """The areas that this person keeps; of one, its own page."""
    roots = g.who.areas_of(Permission.MANAGE_AREAS)
    if not roots:
        raise NotFound("page", request.path)
    if len(roots) == 1:
        return redirect(url_for("units.show", area_id=roots[0]), 303)
    with parts().store.reading() as session:
        found = [areas.get(session, area_id) for area_id in roots]
        called = area_history.as_of(session, found, local_day(parts().now()))
    return render_template("units/list.html", rows=called, kinds=AREA_KIND)


@blueprint.get("/<area_id>")
def show(area_id: str) -> str:
    """One area: what is below it, what changed it; on another day with `ngay`."""
    return page(area_id, {})


@blueprint.post("/<area_id>/doi-ten")
def rename(area_id: str) -> Page | Response:
    """Another name from today on."""
    now, name = parts().now(), request.form.get("name", "")
    try:
        with parts().store.writing() as session:
            decrees.rename(session, g.who, area_id, name, decree=decree(), now=now)
    except Invalid as error:
        return page(area_id, error.by_field()), 422
    flash("Đã đổi tên từ hôm nay; các ngày trước vẫn ghi tên cũ.", "good")
    return to(area_id)


@blueprint.get("/<area_id>/them")
def new(area_id: str) -> str:
    """An empty form."""
    return _new_page(area_id, {})


@blueprint.post("/<area_id>/them")
def add(area_id: str) -> Page | Response:
    """A new area below."""
    now, kind = parts().now(), request.form.get("kind", "")
    if kind not in set(AreaKind):
        raise NotFound("kind", kind)
    part = Part(name=request.form.get("name", ""), code=request.form.get("code", ""))
    try:
        with parts().store.writing() as session:
            made = decrees.add(
                session, g.who, area_id, AreaKind(kind), part, decree=decree(), now=now
            )
    except Invalid as error:
        return _new_page(area_id, error.by_field()), 422
    flash(f"Đã thêm {made.name} từ hôm nay.", "good")
    return to(area_id)


def decree() -> Decree:
    """The document that was named in the form. Raises Invalid later for what cannot be."""
    return Decree(request.form.get("decree", ""), _day(request.form, "decree_day") or date.max)


def to(area_id: str) -> Response:
    """The page of an area, by a new request."""
    return redirect(url_for("units.show", area_id=area_id), 303)


def reached(session: Session, area_id: str) -> Area:
    """An area that this person keeps today. Raises NotFound."""
    today = local_day(parts().now())
    require(session, g.who, Permission.MANAGE_AREAS, [area_id], today)
    return areas.get(session, area_id)


def page(area_id: str, errors: dict[str, str]) -> str:
    """The page of an area, with what was wrong in the form that was sent."""
    today = local_day(parts().now())
    day = _day(request.args, "ngay") or today
    with parts().store.reading() as session:
        area = reached(session, area_id)
        line = areas.lineages(session, [area_id], day)[area_id]
        above = [areas.get(session, each) for each in reversed(line[1:])]
        called = area_history.as_of(session, [area], day)[0]
        below = area_history.as_of(session, areas.children(session, area_id, day), day)
        return render_template(
            "units/show.html",
            area=area,
            called=called,
            existed=bool(line),
            above=area_history.as_of(session, above, day),
            kept=_kept(session, line),
            below=below,
            communes=[one for one in below if one.kind == AreaKind.COMMUNE],
            changes=area_history.changes(session, area_id),
            extent=area_history.extent(session, [area_id], today),
            kinds=AREA_KIND,
            deeds=DEED,
            day=day,
            today=today,
            errors=errors,
            typed=request.form,
        )


def _new_page(area_id: str, errors: dict[str, str]) -> str:
    with parts().store.reading() as session:
        area = reached(session, area_id)
    return render_template(
        "units/new.html", area=area, kinds=AREA_KIND, errors=errors, typed=request.form
    )


def _kept(session: Session, line: tuple[str, ...]) -> set[str]:
    """Those of the areas above that this person keeps too: they are links."""
    granted = set(g.who.areas_of(Permission.MANAGE_AREAS))
    lines = areas.lineages(session, line, local_day(parts().now()))
    return {each for each in line if not granted.isdisjoint(lines[each])}


def _day(fields: MultiDict[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(fields.get(name, ""))
    except ValueError:
        return None
