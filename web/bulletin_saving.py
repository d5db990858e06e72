"""Bulletin saving: a typed form and its file become a draft, or change one."""

from typing import BinaryIO, cast

from flask import flash, g, request
from msgspec import structs
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from contract.states import BulletinState
from controller import bulletins
from controller.content import draft_of
from controller.errors import Invalid
from controller.model import Bulletin
from controller.permissions import Permission
from web import draft_form, made_once
from web.draft_form import Typed
from web.parts import parts


def save_new(given: Typed) -> Bulletin:
    """Compose; a form that has made one already changes that one (web.made_once)."""
    with parts().store.reading() as session:
        earlier = made_once.earlier(session, given)
    if earlier is not None:
        given = structs.replace(given, version=made_once.seen_version(earlier))
    saved = save(given, earlier.id if earlier else None)
    made_once.note(saved)
    return saved


def save(given: Typed, bulletin_id: str | None) -> Bulletin:
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
        id_ = _free_name(session, given)
        return bulletins.compose(session, g.who, draft, now=now, id_=id_)
    draft = draft_form.draft(session, g.who, given, file, draft_of(before))
    return bulletins.edit(session, g.who, before.id, given.version, draft, now=now)


def _free_name(session: Session, given: Typed) -> str:
    """The name that the form gives it; "" for one that is none, or taken."""
    free = made_once.is_name(given.new_id) and session.get(Bulletin, given.new_id) is None
    return given.new_id if free else ""


def told(error: Invalid, given: Typed) -> dict[str, str]:
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
