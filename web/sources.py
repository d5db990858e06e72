"""Sources: whose programmes may be relayed here; people look, try, add, correct and withdraw."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller.areas import local_day
from controller.errors import Invalid, NotFound, WrongState
from controller.permissions import Permission, holders
from controller.relays import changing, sources
from controller.relays.addresses import is_input
from web import places, source_form
from web.bulletin_page import Page
from web.parts import parts
from web.source_form import Typed
from web.source_line import lines
from web.words import INPUTS

WAYS = {"": "Luồng internet, ở địa chỉ dưới đây", **INPUTS}

blueprint = Blueprint("sources", __name__, url_prefix="/nguon-tiep-song")


@blueprint.get("/")
def index() -> str:
    """The sources of the person's places, with what came of trying them."""
    _users_only()
    with parts().store.reading() as session:
        rows = lines(session, sources.listing(session, g.who, now=parts().now()))
    may_add = bool(g.who.areas_of(Permission.MANAGE_SOURCES))
    return render_template("sources/list.html", rows=rows, may_add=may_add)


@blueprint.get("/them")
def new() -> str:
    """An empty form."""
    return _new(Typed(), {})


@blueprint.post("/them")
def create() -> Page | Response:
    """Add a source, and try it at once."""
    given, now = source_form.typed(request.form), parts().now()
    private = parts().settings.private_addresses
    try:
        with parts().store.writing() as session:
            entered = source_form.entered(given)
            row = changing.add(session, g.who, entered, private=private, now=now)
    except Invalid as error:
        return _new(given, error.by_field()), 422
    _try(row.id, row.address)
    return _to(row.id)


@blueprint.get("/<source_id>")
def show(source_id: str) -> str:
    """One source: what came of trying it, and who may change it."""
    return _show(source_id, None, {})


@blueprint.post("/<source_id>")
def change(source_id: str) -> Page | Response:
    """Correct it."""
    given, now = source_form.typed(request.form), parts().now()
    private = parts().settings.private_addresses
    try:
        with parts().store.writing() as session:
            entered = source_form.entered(given)
            changing.change(session, g.who, source_id, entered, private=private, now=now)
    except Invalid as error:
        return _show(source_id, given, error.by_field()), 422
    except WrongState as error:
        flash(str(error), "wait")
        return _to(source_id)
    parts().nudge()
    flash("Đã lưu. Đổi địa chỉ thì các bản tin tiếp sóng nguồn này phải duyệt lại.", "good")
    return _to(source_id)


@blueprint.post("/<source_id>/kiem-tra")
def check(source_id: str) -> Response:
    """Connect to it and listen for some seconds."""
    with parts().store.reading() as session:
        row = sources.get(session, g.who, source_id, now=parts().now())
    _try(row.id, row.address)
    return _to(source_id)


@blueprint.post("/<source_id>/thoi")
def withdraw(source_id: str) -> Response:
    """Take it off the list."""
    try:
        with parts().store.writing() as session:
            changing.withdraw(session, g.who, source_id, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        parts().nudge()
        flash("Đã thôi dùng. Các lượt tiếp sóng nguồn này dừng và bị bỏ khỏi lịch.", "good")
    return redirect(url_for("sources.index"), 303)


def _try(source_id: str, address: str) -> None:
    """Outside any transaction: it takes seconds. What only a station hears is not tried."""
    if is_input(address):
        return
    found = parts().prober.check(address)
    with parts().store.writing() as session:
        changing.note(session, g.who, source_id, address, found, now=parts().now())
    flash(found.told, "good" if found.works else "bad")


def _new(given: Typed, errors: Mapping[str, str]) -> str:
    with parts().store.reading() as session:
        where = _where(session)
    if not where:
        raise NotFound("page", request.path)
    return render_template("sources/new.html", given=given, errors=errors, places=where, ways=WAYS)


def _show(source_id: str, given: Typed | None, errors: Mapping[str, str]) -> str:
    now = parts().now()
    with parts().store.reading() as session:
        row = sources.get(session, g.who, source_id, now=now)
        where = _where(session)
        (line,) = lines(session, [row])
        names = holders(session, Permission.MANAGE_SOURCES, row.area_id, local_day(now))
    mine = any(place.id == row.area_id for place in where)
    return render_template(
        "sources/show.html",
        source=line,
        given=given or source_form.of(row),
        errors=errors,
        places=where,
        ways=WAYS,
        may_change=mine and not line.withdrawn,
        names=names,
    )


def _where(session: Session) -> list[places.Place]:
    today = local_day(parts().now())
    return places.choices(session, g.who, Permission.MANAGE_SOURCES, today)


def _users_only() -> None:
    """Raises NotFound for whoever neither writes nor decides about sources."""
    if not (g.who.areas_of(Permission.COMPOSE) or g.who.areas_of(Permission.MANAGE_SOURCES)):
        raise NotFound("page", request.path)


def _to(source_id: str) -> Response:
    return redirect(url_for("sources.show", source_id=source_id), 303)
