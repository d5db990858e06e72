"""Notice templates: "Kho mẫu": prepared words of ordinary bulletins, used, made, changed."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller import notice_templates
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import Field
from controller.notice_templates import Notice, Offered
from controller.permissions import Permission
from web import declare_form, places
from web.bulletin_page import Page
from web.parts import parts
from web.words import FIELD, FIELDS

blueprint = Blueprint("notice_templates", __name__, url_prefix="/kho-mau")


@blueprint.get("/")
def index() -> str:
    """What is prepared for the person's first place, and whose words they are."""
    with parts().store.reading() as session:
        found = of_home(session)
    mine = set(g.who.areas_of(Permission.COMPOSE))
    return render_template("notices/index.html", found=found, mine=mine, fields=FIELD)


@blueprint.get("/them")
def new() -> str:
    """A new one; `tu` is what it begins from."""
    with parts().store.reading() as session:
        begun = chosen(of_home(session), request.args.get("tu", ""))
    return _form("", begun.notice if begun else Notice(name="", text=""), _home(), {})


@blueprint.post("/them")
def create() -> Page | Response:
    """Keep it for a place."""
    given, area = _typed(), request.form.get("area", "")
    try:
        with parts().store.writing() as session:
            notice_templates.add(session, g.who, area, given, now=parts().now())
    except Invalid as error:
        return _form("", given, area, error.by_field()), 422
    return _kept("Đã lưu mẫu.")


@blueprint.get("/<notice_id>")
def show(notice_id: str) -> str:
    """One of a place's own."""
    with parts().store.reading() as session:
        row = notice_templates.get(session, g.who, notice_id, now=parts().now())
        given = notice_templates.notice_of(row)
    return _form(notice_id, given, row.area_id, {})


@blueprint.post("/<notice_id>")
def change(notice_id: str) -> Page | Response:
    """Put other words in its place."""
    given, now = _typed(), parts().now()
    try:
        with parts().store.writing() as session:
            area = notice_templates.get(session, g.who, notice_id, now=now).area_id
            notice_templates.change(session, g.who, notice_id, given, now=now)
    except Invalid as error:
        return _form(notice_id, given, area, error.by_field()), 422
    return _kept("Đã sửa mẫu.")


@blueprint.post("/<notice_id>/bo")
def remove(notice_id: str) -> Response:
    """Forget it."""
    with parts().store.writing() as session:
        notice_templates.remove(session, g.who, notice_id, now=parts().now())
    return _kept("Đã bỏ mẫu. Nếu mẫu thay cho mẫu chuẩn thì nay dùng lại mẫu chuẩn.")


def of_home(session: Session) -> list[Offered]:
    """What is prepared for the first place of the person. Raises NotFound for who has none."""
    return notice_templates.offered(session, _home(), parts().now())


def chosen(found: list[Offered], ref: str) -> Offered | None:
    """The one that was tapped; None for none, or one that is no more."""
    return next((each for each in found if each.ref == ref), None)


def _home() -> str:
    mine: tuple[str, ...] = g.who.areas_of(Permission.COMPOSE)
    if not mine:
        raise NotFound("page", request.path)
    return mine[0]


def _typed() -> Notice:
    form = request.form
    return Notice(
        name=form.get("name", ""),
        text=form.get("text", "").replace("\r\n", "\n"),
        field=declare_form.field(form),
        standard=form.get("standard", ""),
    )


def _form(notice_id: str, given: Notice, area: str, errors: Mapping[str, str]) -> str:
    _home()
    with parts().store.reading() as session:
        where = places.choices(session, g.who, Permission.COMPOSE, local_day(parts().now()))
    return render_template(
        "notices/form.html",
        notice_id=notice_id,
        given=given,
        area=area,
        places=where,
        fields=FIELDS,
        unsaid=Field.UNSAID,
        errors=errors,
    )


def _kept(said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("notice_templates.index"), 303)
