"""Bulletin clashes: who will hear what at the typed time, before anything is saved."""

from flask import Blueprint, g, render_template, request
from msgspec import structs

from controller import bulletins, elsewhere
from controller.content import draft_of
from controller.drafts import tidied
from controller.errors import Invalid
from web import bulletin_page, bulletin_room, clashes, draft_form
from web.bulletin_page import Page
from web.draft_form import Typed
from web.parts import parts

blueprint = Blueprint("bulletin_clashes", __name__, url_prefix="/ban-tin")


@blueprint.post("/soan/ai-nghe-gi")
@blueprint.post("/<bulletin_id>/ai-nghe-gi")
def look(bulletin_id: str = "") -> Page:
    """What the typed form would do to the air, beneath its places; nothing is saved."""
    given = draft_form.typed(request.form)
    if wanted := request.form.get("free_hour", ""):
        given.when.time = wanted
    if silent := request.form.get("without", ""):
        given.when.skips = ", ".join(filter(None, [given.when.skips, silent]))
    try:
        seen = _seen(given, bulletin_id)
    except Invalid as error:
        first = error.problems[0].message
        seen = clashes.Told(sentences=(f"Chưa xem được: {first}",))
    with parts().store.reading() as session:
        full = bulletin_room.of_typed(session, bulletin_id)
    if "HX-Request" in request.headers:
        return render_template("bulletins/_heard.html", foreseen=seen, who_hears=request.path)
    if bulletin_id:
        return bulletin_page.one(bulletin_id, given, foreseen=seen, room=full, opened=True)
    return bulletin_page.new(given, {}, foreseen=seen, room=full)


def _seen(given: Typed, bulletin_id: str) -> clashes.Told:
    """Raises Invalid for what cannot be read."""
    now = parts().now()
    with parts().store.reading() as session:
        if not bulletin_id:
            draft = tidied(draft_form.draft(session, g.who, given, None, None))
            found = clashes.of_draft(session, g.who, draft, now)
        else:
            saved = bulletins.get(session, g.who, bulletin_id, now=now)
            draft = tidied(draft_form.draft(session, g.who, given, None, draft_of(saved)))
            sound = saved.recording_sha256 if draft.text == saved.text else None
            found = clashes.of_draft(
                session, g.who, draft, now, bulletin_id=bulletin_id, sound=sound
            )
        if found.sentences:
            saved_id, heard = bulletin_id, sound if bulletin_id else None
            other = elsewhere.hours(
                session, g.who, draft, now=now, bulletin_id=saved_id, recording_sha256=heard
            )
            free, behind = (f"{at:%H:%M}" if at else "" for at in (other.free, other.behind))
            found = structs.replace(found, free=free, behind=behind)
    if found == clashes.Told():
        return clashes.Told(sentences=("Không có lần phát nào trong 10 ngày tới.",))
    return found
