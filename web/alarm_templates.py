"""Alarm templates: the prepared words of emergencies, looked at, put in a place's own, removed."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller import alarm_templates
from controller.alarm_templates import Offered, Words
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.permissions import Permission
from web import places
from web.bulletin_page import Page
from web.emergency_form import LIVES_H
from web.parts import parts

blueprint = Blueprint("alarm_templates", __name__, url_prefix="/khan-cap/mau")

A_NEW_ONE = Offered(ref="", words=Words(name="", text="", valid_h=LIVES_H[0]))


@blueprint.get("/")
def index() -> str:
    """What is prepared for the person's first place, and whose words they are."""
    with parts().store.reading() as session:
        found = of_home(session)
    mine = set(g.who.areas_of(Permission.RAISE_EMERGENCY))
    return render_template("emergencies/templates.html", found=found, mine=mine)


@blueprint.get("/them")
def new() -> str:
    """A new one; `tu` is what it begins from."""
    with parts().store.reading() as session:
        begun = chosen(of_home(session), request.args.get("tu", "")) or A_NEW_ONE
    return _form("", begun.words, _home(), {})


@blueprint.post("/them")
def create() -> Page | Response:
    """Keep it for a place."""
    given, area = _typed(), request.form.get("area", "")
    try:
        with parts().store.writing() as session:
            alarm_templates.add(session, g.who, area, given, now=parts().now())
    except Invalid as error:
        return _form("", given, area, error.by_field()), 422
    return _kept("Đã lưu mẫu. Mẫu này hiện ở trang Khẩn cấp.")


@blueprint.get("/<template_id>")
def show(template_id: str) -> str:
    """One of a place's own."""
    with parts().store.reading() as session:
        row = alarm_templates.get(session, g.who, template_id, now=parts().now())
        words = Words(name=row.name, text=row.text, valid_h=row.valid_h, standard=row.standard)
    return _form(template_id, words, row.area_id, {})


@blueprint.post("/<template_id>")
def change(template_id: str) -> Page | Response:
    """Put other words in its place."""
    given, now = _typed(), parts().now()
    try:
        with parts().store.writing() as session:
            row = alarm_templates.get(session, g.who, template_id, now=now)
            area = row.area_id
            alarm_templates.change(session, g.who, template_id, given, now=now)
    except Invalid as error:
        return _form(template_id, given, area, error.by_field()), 422
    return _kept("Đã sửa mẫu.")


@blueprint.post("/<template_id>/bo")
def remove(template_id: str) -> Response:
    """Forget it."""
    with parts().store.writing() as session:
        alarm_templates.remove(session, g.who, template_id, now=parts().now())
    return _kept("Đã bỏ mẫu. Nếu mẫu thay cho mẫu chuẩn thì nay dùng lại mẫu chuẩn.")


def of_home(session: Session) -> list[Offered]:
    """What is prepared for the first place of the person. Raises NotFound for who has none."""
    return alarm_templates.offered(session, _home(), parts().now())


def chosen(found: list[Offered], ref: str) -> Offered | None:
    """The one that was tapped; None for none, or one that is no more."""
    return next((each for each in found if each.ref == ref), None)


def _home() -> str:
    mine: tuple[str, ...] = g.who.areas_of(Permission.RAISE_EMERGENCY)
    if not mine:
        raise NotFound("page", request.path)
    return mine[0]


def _typed() -> Words:
    form = request.form
    return Words(
        name=form.get("name", ""),
        text=form.get("text", "").replace("\r\n", "\n"),
        valid_h=form.get("valid_h", 0, type=int),
        standard=form.get("standard", ""),
    )


def _form(template_id: str, given: Words, area: str, errors: Mapping[str, str]) -> str:
    _home()
    with parts().store.reading() as session:
        where = places.choices(session, g.who, Permission.RAISE_EMERGENCY, local_day(parts().now()))
    return render_template(
        "emergencies/template.html",
        template_id=template_id,
        given=given,
        area=area,
        places=where,
        lives=LIVES_H,
        errors=errors,
    )


def _kept(said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("alarm_templates.index"), 303)
