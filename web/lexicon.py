"""Lexicon: how the voice reads words here; people look, teach, correct and take back."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller import lexicon, teaching
from controller.areas import local_day
from controller.errors import Invalid, WrongState
from controller.permissions import Permission, holders, require
from web import lexicon_form, places, standard_lexicon
from web.bulletin_page import Page
from web.lexicon_form import Typed
from web.lexicon_line import company, lines
from web.parts import parts

MOST_LINES = 200  # a page that a phone shows at once; the search finds the others

blueprint = Blueprint("lexicon", __name__, url_prefix="/cach-doc")


@blueprint.get("/")
def index() -> str:
    """What was taught for the person's places; with `tim`, what the standard lexicon says too."""
    words = request.args.get("tim", "").strip()
    with parts().store.reading() as session:
        _teachers_only(session)
        taught = lexicon.search(session, g.who, words, now=parts().now())
        rows = lines(session, taught[:MOST_LINES])
    return render_template(
        "lexicon/list.html",
        rows=rows,
        more=len(taught) - len(rows),
        words=words,
        standard=standard_lexicon.matching(words) if words else [],
        company=company,
    )


@blueprint.get("/them")
def new() -> str:
    """An empty form; `chu` is a word that is known already."""
    return _new(Typed(token=request.args.get("chu", "")), {})


@blueprint.post("/them")
def create() -> Page | Response:
    """Teach a reading."""
    given = lexicon_form.typed(request.form)
    try:
        with parts().store.writing() as session:
            entry = lexicon_form.entry(given)
            row = teaching.teach(session, g.who, given.area, entry, now=parts().now())
    except Invalid as error:
        return _new(given, error.by_field()), 422
    flash(f"Đã nhớ cách đọc “{row.token}”. Các bản đọc tạo từ nay sẽ đọc như vậy.", "good")
    return _to_list()


@blueprint.get("/<entry_id>")
def show(entry_id: str) -> str:
    """One entry: what was ever taught about its token there, and who may change it."""
    return _show(entry_id, None, {})


@blueprint.post("/<entry_id>")
def change(entry_id: str) -> Page | Response:
    """Put another reading in its place."""
    given, now = lexicon_form.typed(request.form), parts().now()
    try:
        with parts().store.writing() as session:
            given.area = lexicon.get(session, g.who, entry_id, now=now).area_id
            entry = lexicon_form.entry(given)
            teaching.teach(session, g.who, given.area, entry, now=now, instead_of=entry_id)
    except Invalid as error:
        return _show(entry_id, given, error.by_field()), 422
    except WrongState as error:
        flash(str(error), "wait")
        return _new(given, {}), 409  # what was typed may still be taught beside what is there now
    flash("Đã sửa. Các bản đọc tạo từ nay sẽ đọc như vậy.", "good")
    return _to_list()


@blueprint.post("/<entry_id>/thoi")
def forget(entry_id: str) -> Response:
    """End an entry."""
    try:
        with parts().store.writing() as session:
            row = teaching.forget(session, g.who, entry_id, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        flash(f"Đã thôi dùng cách đọc này của “{row.token}”.", "good")
    return _to_list()


def _new(given: Typed, errors: Mapping[str, str]) -> str:
    with parts().store.reading() as session:
        _teachers_only(session)
        where = _where(session)
    return render_template("lexicon/new.html", given=given, errors=errors, places=where)


def _show(entry_id: str, given: Typed | None, errors: Mapping[str, str]) -> str:
    now = parts().now()
    with parts().store.reading() as session:
        row = lexicon.get(session, g.who, entry_id, now=now)
        may_change = any(place.id == row.area_id for place in _where(session))
        past = lines(session, lexicon.history(session, row))
        names = holders(session, Permission.TEACH_READINGS, row.area_id, local_day(now))
    return render_template(
        "lexicon/show.html",
        entry=next(line for line in past if line.id == row.id),
        past=past,
        given=given or lexicon_form.of(row),
        errors=errors,
        may_change=may_change and row.until is None,
        names=names,
    )


def _where(session: Session) -> list[places.Place]:
    today = local_day(parts().now())
    return places.choices(session, g.who, Permission.TEACH_READINGS, today)


def _teachers_only(session: Session) -> None:
    """Raises NotFound for whoever teaches nowhere."""
    reach = g.who.areas_of(Permission.TEACH_READINGS) or ("",)
    require(session, g.who, Permission.TEACH_READINGS, reach, local_day(parts().now()))


def _to_list() -> Response:
    return redirect(url_for("lexicon.index"), 303)
