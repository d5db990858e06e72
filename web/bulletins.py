"""Bulletins: write or choose a file, listen, send for approval, change, take back."""

from typing import BinaryIO, cast

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from contract.states import BulletinState
from controller import bulletins, reuse
from controller.content import draft_of
from controller.errors import EditConflict, Invalid, WrongState
from controller.model import Bulletin
from controller.permissions import Permission
from web import bulletin_form, bulletin_page, draft_form, when
from web.bulletin_line import lines
from web.bulletin_page import Page
from web.draft_form import Typed
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
    more = wanted + A_SCREENFUL if len(found) > wanted else None
    may_compose = bool(g.who.areas_of(Permission.COMPOSE))
    return render_template("bulletins/list.html", rows=rows, more=more, may_compose=may_compose)


@blueprint.get("/soan")
def compose() -> str:
    """An empty form, its slot and places already chosen."""
    return bulletin_page.new(None, {})


@blueprint.post("/soan")
def create() -> Page | Response:
    """Save the draft, and have it read when that was asked for."""
    given = draft_form.typed(request.form)
    try:
        saved = _save(given, None)
    except Invalid as error:
        return bulletin_page.new(given, _told(error, given)), 422
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
        _save(given, bulletin_id)
    except Invalid as error:
        return bulletin_page.one(bulletin_id, given, _told(error, given)), 422
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
        return bulletin_page.one(bulletin_id, None, draft_form.errors(error)), 422
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
    except Invalid as error:
        flash(str(error), "wait")
        return _to(bulletin_id)
    flash("Đã chép thành bản mới. Xem ngày giờ nói trong bài có còn đúng không, rồi gửi.", "wait")
    return _to(copy.id)


@blueprint.get("/luc")
def start_in_words() -> str:
    """The chosen day and time said back, for the line under their fields."""
    given = request.args
    start = bulletin_form.start_in_words(given.get("day", ""), given.get("time", ""))
    return render_template("bulletins/_start.html", start=start)


def _save(given: Typed, bulletin_id: str | None) -> Bulletin:
    """Compose or edit in one transaction; the file is on disk before its row names it."""
    now, file, then = parts().now(), _file(given), request.form.get("then")
    kept = parts().media.keep_original(cast("BinaryIO", file.stream)) if file else None
    attach = bulletins.attach_audio if given.kind == "audio" else bulletins.attach_part
    with parts().store.writing() as session:
        before = bulletins.get(session, g.who, bulletin_id, now=now) if bulletin_id else None
        was_approved = before is not None and before.state == BulletinState.APPROVED
        saved = _written(session, given, file, before)
        session.flush()
        if file and kept:
            name = file.filename or ""
            attach(session, g.who, saved.id, saved.version, sha256=kept, name=name, now=now)
            session.flush()
        is_void = was_approved and saved.state != BulletinState.APPROVED
        if then == "listen" and saved.state == BulletinState.DRAFT:
            bulletins.ask_for_voice(session, g.who, saved.id, saved.version, now=now)
    parts().nudge()
    if is_void:
        flash("Đã lưu. Lần duyệt trước không còn hiệu lực: hãy nghe và gửi duyệt lại.", "wait")
    elif then == "keep":
        flash("Đã lưu.", "good")
    return saved


def _written(
    session: Session, given: Typed, file: FileStorage | None, before: Bulletin | None
) -> Bulletin:
    now = parts().now()
    if before is None:
        draft = draft_form.draft(session, g.who, given, file, None)
        return bulletins.compose(session, g.who, draft, now=now)
    draft = draft_form.draft(session, g.who, given, file, draft_of(before))
    return bulletins.edit(session, g.who, before.id, given.version, draft, now=now)


def _told(error: Invalid, given: Typed) -> dict[str, str]:
    """The errors of the form; no browser fills in a file again, so that is said too."""
    shown = draft_form.errors(error)
    if _file(given):
        shown.setdefault(_file_input(given), "Hãy chọn lại tệp âm thanh.")
    return shown


def _file(given: Typed) -> FileStorage | None:
    """The uploaded file: the bulletin itself, or the recorded part of a text."""
    if not g.who.areas_of(Permission.COMPOSE):
        return None  # nothing of theirs is kept on the disk, not even to be refused
    file = request.files.get(_file_input(given))
    wanted = given.kind == "audio" or given.crafted.recorded_place
    return file if file and file.filename and wanted else None


def _file_input(given: Typed) -> str:
    return "file" if given.kind == "audio" else "part"


def _submit(bulletin_id: str) -> None:
    form, now = request.form, parts().now()
    acknowledged = form.getlist("token") if "acknowledged" in form else []
    if "listened" in form:  # kept even when something else is still wrong
        with parts().store.writing() as session:
            bulletins.listened(session, g.who, bulletin_id, form.get("recording", ""), now=now)
    version = form.get("version", 0, type=int)
    with parts().store.writing() as session:
        bulletins.submit(session, g.who, bulletin_id, version, acknowledged=acknowledged, now=now)


def _to(bulletin_id: str) -> Response:
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id), 303)
