"""Bulletin readings: hear of the reading before the voice is made, and teach it what it lacks."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from msgspec import to_builtins
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller import bulletins, lexicon
from controller.areas import local_day
from controller.content import unknown_words
from controller.errors import EditConflict, Invalid, WrongState
from controller.permissions import Permission, require
from controller.rehearsal import rehearse
from web import bulletin_page, draft_form, places, reading, taught
from web.bulletin_page import Page
from web.draft_form import Typed
from web.parts import parts
from web.taught import Taught

blueprint = Blueprint("bulletin_readings", __name__, url_prefix="/ban-tin")


@blueprint.post("/soan/cach-doc")
@blueprint.post("/<bulletin_id>/cach-doc")
def how_read(bulletin_id: str = "") -> Page:
    """How the typed text would be read, beneath its field; nothing is saved."""
    given = draft_form.typed(request.form)
    shown = _rehearsed(given, bulletin_id)
    if "HX-Request" in request.headers:
        return render_template("bulletins/_rehearsal.html", rehearsal=shown)
    if bulletin_id:
        return bulletin_page.one(bulletin_id, given, rehearsal=shown)
    return bulletin_page.new(given, {}, rehearsal=shown)


@blueprint.post("/<bulletin_id>/chi-cach-doc")
def teach(bulletin_id: str) -> Page | Response:
    """Remember how words are read, and have the recording made anew: one tap."""
    given = taught.typed(request.form)
    version = request.form.get("version", 0, type=int)
    try:
        with parts().store.writing() as session:
            words = _teach(session, bulletin_id, version, given)
    except Invalid as error:
        return bulletin_page.one(bulletin_id, taught=given.refused(error)), 422
    except (EditConflict, WrongState) as error:
        flash(str(error), "wait")
        return bulletin_page.one(bulletin_id, taught=given), 409
    parts().nudge()
    named = ", ".join(f"“{word}”" for word in words)
    flash(f"Đã nhớ cách đọc {named}. Máy đang đọc lại bản tin.", "good")
    return _to(bulletin_id)


@blueprint.post("/<bulletin_id>/doc-lai")
def read_again(bulletin_id: str) -> Response:
    """Have the recording made anew: a word of it has another reading by now."""
    version = request.form.get("version", 0, type=int)
    try:
        with parts().store.writing() as session:
            bulletins.read_again(session, g.who, bulletin_id, version, now=parts().now())
    except (EditConflict, WrongState) as error:
        flash(str(error), "wait")
    parts().nudge()
    return _to(bulletin_id)


def _teach(session: Session, bulletin_id: str, version: int, given: Taught) -> list[str]:
    now = parts().now()
    unknown = unknown_words(bulletins.get(session, g.who, bulletin_id, now=now))
    bulletins.read_again(session, g.who, bulletin_id, version, now=now)
    return taught.teach(session, g.who, given, unknown, now=now)


def _rehearsed(given: Typed, bulletin_id: str) -> dict[str, Any]:
    """What bulletins/_rehearsal.html shows."""
    now = parts().now()
    with parts().store.reading() as session:
        saved = bulletins.get(session, g.who, bulletin_id, now=now).area_id if bulletin_id else ""
        area_id = places.owner(session, g.who, given.targets, local_day(now), saved)
        require(session, g.who, Permission.COMPOSE, {area_id}, local_day(now))
        entries = lexicon.entries_for(session, area_id, now=now)
    try:
        found = rehearse(given.text, entries)
    except Invalid as error:
        return {"problem": error.problems[0].message}
    return {
        "reading": reading.parts_of(to_builtins(found.reading)),
        "unknown": list(dict.fromkeys(each.token for each in found.reading.unknown)),
        "mismatches": found.mismatches,
    }


def _to(bulletin_id: str) -> Response:
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id), 303)
