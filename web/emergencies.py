"""Emergencies: their own red page; raise one, watch each station, give the all-clear."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from contract.states import Class
from controller import approval, emergency, emergency_watch
from controller.emergency_watch import A_PAGE, OnAir
from controller.errors import EditConflict, Invalid, NotFound, WrongState
from controller.permissions import Permission
from web import alarm_templates, bulletin_page, bulletin_saving, emergency_form, made_once
from web.bulletin_line import lines
from web.bulletin_page import Page
from web.draft_form import Typed
from web.parts import parts
from web.polled import polled
from web.words import EMERGENCY_STEP

blueprint = Blueprint("emergencies", __name__, url_prefix="/khan-cap")


@blueprint.get("/")
def index() -> str:
    """Raise one; what waits for this person; what was raised of late."""
    return _page(None, {})


@blueprint.post("/")
def create() -> Page | AnyResponse:
    """Save it and have its voice made; the page that follows is where it is checked."""
    given = emergency_form.typed(request.form)
    try:
        saved = bulletin_saving.save_new(given)
    except Invalid as error:
        return _page(given, bulletin_saving.told(error, given)), 422
    except (EditConflict, WrongState) as error:
        return bulletin_page.one(given.new_id, given, conflict=str(error)), 409
    return redirect(url_for("bulletins.show", bulletin_id=saved.id), 303)


@blueprint.post("/ban-tin/<bulletin_id>")
def change(bulletin_id: str) -> Page | AnyResponse:
    """Save over one; a change by somebody else meanwhile is shown, not lost."""
    given = emergency_form.typed(request.form)
    try:
        bulletin_saving.save(given, bulletin_id)
    except Invalid as error:
        return bulletin_page.one(bulletin_id, given, bulletin_saving.told(error, given)), 422
    except (EditConflict, WrongState) as error:
        return bulletin_page.one(bulletin_id, given, conflict=str(error)), 409
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id), 303)


@blueprint.get("/phat/<airing_id>")
def airing(airing_id: str) -> str:
    """One on the air, with its stations, those in trouble first."""
    return render_template("emergencies/airing.html", **_watched(airing_id))


@blueprint.get("/phat/<airing_id>/tinh-hinh")
def airing_part(airing_id: str) -> AnyResponse:
    """The living part of that page."""
    return polled(render_template("emergencies/_airing.html", **_watched(airing_id)))


@blueprint.post("/phat/<airing_id>/bao-yen")
def all_clear(airing_id: str) -> AnyResponse:
    """End it everywhere."""
    signer, now = parts().signer, parts().now()
    try:
        with parts().store.writing() as session:
            emergency.all_clear(session, g.who, airing_id, signer=signer, now=now)
    except WrongState as error:
        flash(str(error), "wait")
    else:
        parts().nudge()
        flash("Đã báo yên. Các cụm loa trở lại chương trình thường.", "good")
    return redirect(url_for("emergencies.airing", airing_id=airing_id), 303)


def on_air() -> list[OnAir]:
    """What the strip on top of each page tells."""
    if not g.who.areas_of(Permission.SEE_STATIONS):
        return []
    with parts().store.reading() as session:
        return emergency_watch.on_air(session, g.who, parts().now())


def may_raise() -> bool:
    """Whether the red button leads this person anywhere."""
    wanted = (Permission.RAISE_EMERGENCY, Permission.APPROVE_EMERGENCY)
    return any(g.who.areas_of(permission) for permission in wanted)


def _page(given: Typed | None, errors: dict[str, str]) -> str:
    if not may_raise():
        raise NotFound("page", request.path)
    now, writes = parts().now(), bool(g.who.areas_of(Permission.RAISE_EMERGENCY))
    with parts().store.reading() as session:
        queue = approval.queue(session, g.who, now=now)
        to_approve = lines(session, [each for each in queue if each.cls == Class.EMERGENCY])
        open_ = lines(session, emergency_watch.unfinished(session, g.who, now))
        waiting = {row.id for row in to_approve}
        found: dict[str, Any] = {
            "to_approve": to_approve,
            "to_finish": [row for row in open_ if row.id not in waiting],
            "past": emergency_watch.past(session, g.who, now),
        }
        ready = alarm_templates.of_home(session) if writes else []
        words = alarm_templates.chosen(ready, request.args.get("mau", ""))
        draft = given or made_once.named(emergency_form.begun(words))
        found |= emergency_form.surroundings(session, draft) | {"ready": ready, "chosen": words}
    action = url_for("emergencies.create")
    return render_template("emergencies/index.html", **found, errors=errors, action=action)


def _watched(airing_id: str) -> dict[str, Any]:
    skip = max(request.args.get("tu", 0, type=int), 0)
    now = parts().now()
    with parts().store.reading() as session:
        view = emergency_watch.watch(session, g.who, airing_id, now, skip=skip)
    last = skip + len(view.lines)
    return {
        "view": view,
        "steps": EMERGENCY_STEP,
        "skip": skip,
        "before": max(skip - A_PAGE, 0) if skip else None,
        "after": last if last < sum(view.tally.values()) else None,
        "ended": view.cleared_at is not None or now >= view.until,
    }
