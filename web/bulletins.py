"""Bulletins: write or choose a file, listen, send for approval, change, take back."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from contract.states import BulletinState
from controller import bulletins, expiring, reuse
from controller.errors import EditConflict, Invalid, WrongState
from controller.permissions import Permission
from web import (
    bulletin_form,
    bulletin_page,
    bulletin_saving,
    declare_form,
    draft_form,
    notice_templates,
    when,
)
from web.bulletin_line import lines
from web.bulletin_page import Page
from web.parts import parts

A_SCREENFUL, MOST_LINES = 30, 600

blueprint = Blueprint("bulletins", __name__, url_prefix="/ban-tin")


@blueprint.get("/")
def index() -> str:
    """The newest bulletins of the person's places; `so` asks for more of them."""
    wanted = min(max(request.args.get("so", A_SCREENFUL, type=int), 1), MOST_LINES)
    with parts().store.reading() as session:
        found = bulletins.newest(
            session, g.who, now=parts().now(), states=set(BulletinState), limit=wanted + 1
        )
        rows = lines(session, found[:wanted])
        ending = len(expiring.soon(session, g.who, now=parts().now()))
    more = wanted + A_SCREENFUL if len(found) > wanted else None
    may_compose = bool(g.who.areas_of(Permission.COMPOSE))
    return render_template(
        "bulletins/list.html", rows=rows, more=more, may_compose=may_compose, ending=ending
    )


@blueprint.get("/sap-het-hieu-luc")
def expiring_soon() -> str:
    """Approved ones whose words hold for 30 days at most."""
    with parts().store.reading() as session:
        found = expiring.soon(session, g.who, now=parts().now())
        rows = list(zip(lines(session, found), (each.expires_on for each in found), strict=True))
    return render_template("bulletins/expiring.html", rows=rows, days=expiring.AHEAD_DAYS)


@blueprint.get("/soan")
def compose() -> str:
    """A form with slot and places already chosen, empty or with the words of a template."""
    ref = request.args.get("mau", "")
    with parts().store.reading() as session:
        found = notice_templates.chosen(notice_templates.of_home(session), ref) if ref else None
        begun = bulletin_form.begun(session, found.notice) if found else None
    return bulletin_page.new(begun, {})


@blueprint.post("/soan")
def create() -> Page | Response:
    """Save the draft, and have it read when that was asked for."""
    given = draft_form.typed(request.form)
    try:
        saved = bulletin_saving.save_new(given)
    except Invalid as error:
        return bulletin_page.new(given, bulletin_saving.told(error, given)), 422
    except (EditConflict, WrongState) as error:
        return bulletin_page.one(given.new_id, given, conflict=str(error)), 409
    return _to(saved.id)


@blueprint.get("/<bulletin_id>")
def show(bulletin_id: str) -> str:
    """One bulletin: what became of it, its sound, and its form."""
    return bulletin_page.one(bulletin_id)


@blueprint.post("/<bulletin_id>")
def change(bulletin_id: str) -> Page | Response:
    """Save over a bulletin; a change by somebody else meanwhile is shown, not lost."""
    given = draft_form.typed(request.form)
    try:
        bulletin_saving.save(given, bulletin_id)
    except Invalid as error:
        return bulletin_page.one(bulletin_id, given, bulletin_saving.told(error, given)), 422
    except (EditConflict, WrongState) as error:
        return bulletin_page.one(bulletin_id, given, conflict=str(error)), 409
    return _to(bulletin_id)


@blueprint.get("/<bulletin_id>/giong")
def voice(bulletin_id: str) -> str | Response:
    """The part of the page about the recording, asked for while it is being made."""
    if "HX-Request" not in request.headers:
        return _to(bulletin_id)
    return bulletin_page.voice(bulletin_id)


@blueprint.post("/<bulletin_id>/thu-lai")
def try_again(bulletin_id: str) -> Response:
    """Ask the voice once more, with nothing changed."""
    version = request.form.get("version", 0, type=int)
    try:
        with parts().store.writing() as session:
            bulletins.ask_for_voice(session, g.who, bulletin_id, version, now=parts().now())
    except (EditConflict, WrongState, Invalid) as error:
        flash(str(error), "wait")
    parts().nudge()
    return _to(bulletin_id)


@blueprint.post("/<bulletin_id>/gui-duyet")
def submit(bulletin_id: str) -> Page | Response:
    """Ask for approval of what the person has just heard."""
    try:
        _submit(bulletin_id)
    except Invalid as error:
        return bulletin_page.one(bulletin_id, None, declare_form.errors(error)), 422
    except (EditConflict, WrongState) as error:
        flash(str(error), "wait")
    else:
        flash("Đã gửi duyệt. Người duyệt sẽ nghe và trả lời.", "good")
    return _to(bulletin_id)


@blueprint.post("/<bulletin_id>/rut")
def withdraw(bulletin_id: str) -> Response:
    """Take a bulletin back for good."""
    version = request.form.get("version", 0, type=int)
    try:
        with parts().store.writing() as session:
            bulletins.withdraw(session, g.who, bulletin_id, version, now=parts().now())
    except (EditConflict, WrongState) as error:
        flash(str(error), "wait")
    else:
        flash("Đã rút bản tin. Các lượt phát chưa bắt đầu sẽ bị hủy.", "good")
    return _to(bulletin_id)


@blueprint.post("/<bulletin_id>/dung-lai")
def reuse_it(bulletin_id: str) -> Response:
    """Make a new draft of an old notice; it is heard again before it is sent."""
    try:
        with parts().store.writing() as session:
            copy = reuse.reuse(session, g.who, bulletin_id, ahead=when.AHEAD, now=parts().now())
            ended = bulletins.get(session, g.who, bulletin_id, now=parts().now()).expires_on
    except Invalid as error:
        flash(str(error), "wait")
        return _to(bulletin_id)
    if ended and not copy.expires_on:
        told = f"Bản gốc hết hiệu lực từ {ended:%d/%m/%Y}: xem lời còn đúng không rồi mới gửi."
        flash(told, "wait")
    flash("Đã chép thành bản mới. Xem ngày giờ nói trong bài có còn đúng không, rồi gửi.", "wait")
    return _to(copy.id)


@blueprint.get("/luc")
def start_in_words() -> str:
    """The chosen day and time said back, for the line under their fields."""
    given = request.args
    start = bulletin_form.start_in_words(given.get("day", ""), given.get("time", ""))
    return render_template("bulletins/_start.html", start=start)


def _submit(bulletin_id: str) -> None:
    form, now = request.form, parts().now()
    acknowledged = form.getlist("token") if "acknowledged" in form else []
    if "listened" in form:  # kept even when something else is still wrong
        with parts().store.writing() as session:
            bulletins.listened(session, g.who, bulletin_id, form.get("recording", ""), now=now)
    version = form.get("version", 0, type=int)
    with parts().store.writing() as session:
        bulletins.submit(
            session,
            g.who,
            bulletin_id,
            version,
            acknowledged=acknowledged,
            declared=declare_form.typed(form),
            field=declare_form.field(form),
            expires_on=declare_form.expires_on(form),
            now=now,
        )


def _to(bulletin_id: str) -> Response:
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id), 303)
