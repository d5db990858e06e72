"""Bulletin room: while somebody writes, whether the session still has room, and by how much not."""

from datetime import datetime

from flask import Blueprint, g, render_template, request
from sqlalchemy.orm import Session

from controller import bulletins, room
from controller.content import draft_of
from controller.drafts import Draft, tidied
from controller.errors import Invalid
from controller.model import Bulletin
from controller.room import Room
from web import draft_form
from web.clashes import UNDECIDED
from web.draft_form import Typed
from web.parts import parts

blueprint = Blueprint("bulletin_room", __name__, url_prefix="/ban-tin")


@blueprint.post("/soan/khung-gio")
@blueprint.post("/<bulletin_id>/khung-gio")
def look(bulletin_id: str = "") -> str:
    """The part of the form that tells it; nothing while the form cannot be read yet."""
    with parts().store.reading() as session:
        return render_template("bulletins/_room.html", room=of_typed(session, bulletin_id))


def of_typed(session: Session, bulletin_id: str) -> Room | None:
    """Of the form that was sent with this request. Raises NotFound for another's bulletin."""
    given, now = draft_form.typed(request.form), parts().now()
    saved = bulletins.get(session, g.who, bulletin_id, now=now) if bulletin_id else None
    try:
        draft = _draft(session, given, saved)
    except Invalid:
        return None
    sound = saved.recording_sha256 if saved and draft.text == saved.text else None
    return _room(session, draft, now, bulletin_id, sound)


def of_bulletin(session: Session, bulletin: Bulletin) -> Room | None:
    """Of a saved one, as long as its schedule is a question."""
    if bulletin.state not in UNDECIDED:
        return None
    sound = bulletin.recording_sha256
    return _room(session, draft_of(bulletin), parts().now(), bulletin.id, sound)


def _room(
    session: Session, draft: Draft, now: datetime, bulletin_id: str, sound: str | None
) -> Room | None:
    if draft.cls == draft.cls.EMERGENCY:
        return None
    return room.room(session, draft, now=now, bulletin_id=bulletin_id, recording_sha256=sound)


def _draft(session: Session, given: Typed, saved: Bulletin | None) -> Draft:
    before = draft_of(saved) if saved else None
    return tidied(draft_form.draft(session, g.who, given, None, before))
