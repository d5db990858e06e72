"""Papers: words taken from a document into the form, and originals kept with a bulletin."""

import io

from flask import Blueprint, abort, flash, g, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from controller import bulletins
from controller.errors import Invalid, WrongState
from controller.papers import kept
from controller.papers.kinds import kind_of
from controller.papers.process import Busy
from controller.papers.wire import Extracted
from controller.permissions import Permission
from web import bulletin_page, draft_form
from web.bulletin_page import Page
from web.document_words import (
    BUSY,
    MIME,
    NO_FILE,
    NO_PAPER,
    PICTURES_LEFT,
    TAKEN,
    TOO_BIG,
    TROUBLE,
)
from web.draft_form import Typed
from web.parts import parts

_BYTES = kept.MOST_MB * 1024 * 1024

blueprint = Blueprint("papers", __name__, url_prefix="/ban-tin")


@blueprint.post("/soan/tu-tep")
@blueprint.post("/<bulletin_id>/tu-tep")
def take_text(bulletin_id: str = "") -> Page | Response:
    """Put the words of a document into the form; nothing is saved, what was typed stays."""
    given = draft_form.typed(request.form)
    name, content = _uploaded("document")
    if not content:
        return _form(bulletin_id, given, NO_FILE)
    try:
        found = parts().documents.read(content)
    except Busy:
        return _form(bulletin_id, given, BUSY)
    if found.trouble is not None:
        return _form(bulletin_id, given, TROUBLE[found.trouble])
    given.kind = "text"
    given.text = "\n\n".join(filter(None, (given.text.strip(), found.text)))
    _tell(name, found)
    return _form(bulletin_id, given, "")


@blueprint.post("/<bulletin_id>/ban-goc")
def add(bulletin_id: str) -> Page | Response:
    """Keep a file beside the bulletin: the signed original, or what it was made from."""
    name, content = _uploaded("paper")
    kind = kind_of(content) if content else None
    if kind is None:
        return _refused(bulletin_id, NO_PAPER)
    if len(content) > _BYTES:
        return _refused(bulletin_id, TOO_BIG.format(most=kept.MOST_MB))
    now = parts().now()
    with parts().store.reading() as session:  # nothing of a stranger's is kept on the disk
        bulletins.get(session, g.who, bulletin_id, now=now)
    sha256 = parts().media.keep_original(io.BytesIO(content))
    try:
        with parts().store.writing() as session:
            kept.keep(
                session,
                g.who,
                bulletin_id,
                sha256=sha256,
                name=name,
                kind=kind,
                size=len(content),
                now=now,
            )
    except Invalid as error:
        return _refused(bulletin_id, error.by_field()["paper"])
    flash(f"Đã kèm “{name}” vào bản tin.", "good")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id) + "#papers", 303)


@blueprint.post("/<bulletin_id>/ban-goc/<paper_id>/bo")
def remove(bulletin_id: str, paper_id: str) -> Response:
    """Take a file away again."""
    try:
        with parts().store.writing() as session:
            kept.remove(session, g.who, bulletin_id, paper_id, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        flash("Đã bỏ tệp kèm theo.", "good")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id) + "#papers", 303)


@blueprint.get("/<bulletin_id>/ban-goc/<paper_id>")
def show(bulletin_id: str, paper_id: str) -> Response:
    """The file itself; a stranger's document never runs in this site's name."""
    with parts().store.reading() as session:
        paper = kept.get(session, g.who, bulletin_id, paper_id, now=parts().now())
    try:
        path = parts().media.original(paper.sha256)
    except FileNotFoundError:
        abort(404)
    as_file = paper.kind == "docx"
    answer = send_file(path, MIME[paper.kind], as_attachment=as_file, download_name=paper.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _uploaded(field: str) -> tuple[str, bytes]:
    """The name and the bytes of a file; empty for whoever may not write, and without one."""
    file = request.files.get(field)
    if not file or not file.filename or not g.who.areas_of(Permission.COMPOSE):
        return "", b""
    return file.filename, file.stream.read(_BYTES + 1)


def _tell(name: str, found: Extracted) -> None:
    flash(TAKEN.format(name=name), "wait")
    if found.has_pictures:
        flash(PICTURES_LEFT, "wait")


def _form(bulletin_id: str, given: Typed, wrong: str) -> Page:
    errors = {"document": wrong} if wrong else {}
    if bulletin_id:
        page = bulletin_page.one(bulletin_id, given, errors, opened=True)
    else:
        page = bulletin_page.new(given, errors)
    return (page, 422) if wrong else page


def _refused(bulletin_id: str, wrong: str) -> Page:
    return bulletin_page.one(bulletin_id, None, {"paper": wrong}), 422
