"""Moves: one airing is put at another time, what is heard where shown before; and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller import foreseen, moving
from controller.content import rule_of
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Airing, Bulletin, Person
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.problem import Problem
from web import heard_where
from web.dates import local, moment
from web.parts import parts

Page = str | tuple[str, int]

blueprint = Blueprint("moves", __name__, url_prefix="/dang-phat/<airing_id>")


@blueprint.get("/chuyen-gio")
def show(airing_id: str) -> Page:
    """The form; with `day` and `time` also what that time would do."""
    return _page(airing_id, look=bool(request.args))


@blueprint.post("/chuyen-gio")
def move(airing_id: str) -> Page | Response:
    """Put it there, this once or with all that follow."""
    now, signer = parts().now(), parts().signer
    try:
        becomes = _chosen(request.form)
        with parts().store.writing() as session:
            put = moving.move_onward if request.form.get("onward") else moving.move_once
            put(session, g.who, airing_id, becomes, signer=signer, now=now)
    except Invalid as error:
        return _page(airing_id, errors=error.by_field()), 422
    except WrongState as error:
        flash(str(error), "wait")
    else:
        parts().nudge()
    return redirect(url_for("on_air.airing", airing_id=airing_id), 303)


@blueprint.post("/hoan-tac")
def undo(airing_id: str) -> Response:
    """Back to where it was before its last move."""
    now, signer = parts().now(), parts().signer
    try:
        with parts().store.writing() as session:
            airing = moving.undo(session, g.who, airing_id, signer=signer, now=now)
            told = f"Đã hoàn tác: lượt phát trở lại {moment(airing.starts_at)}."
    except (Invalid, WrongState) as error:
        flash(f"Không hoàn tác được. {error}", "wait")
    else:
        parts().nudge()
        flash(told, "good")
    return redirect(url_for("on_air.airing", airing_id=airing_id), 303)


def shown_at(session: Session, airing: Airing, bulletin: Bulletin) -> dict[str, Any]:
    """What the page of an airing offers: to move it, and to take the last move back."""
    now = parts().now()
    try:
        moving.require_mover(session, g.who, airing, now)
    except NotFound:
        return {"may_move": False, "moved": None}
    may_move = foreseen.can_move(airing, bulletin, now)
    held = moving.last(session, airing.id) if may_move else None
    by = session.get_one(Person, held.person_id).name if held else ""
    return {"may_move": may_move, "moved": held, "moved_by": by}


def _page(airing_id: str, *, look: bool = False, errors: dict[str, str] | None = None) -> str:
    now, told = parts().now(), errors or {}
    with parts().store.reading() as session:
        airing = session.get(Airing, airing_id)
        if airing is None:
            raise NotFound("airing", airing_id)
        moving.require_mover(session, g.who, airing, now)
        bulletin = session.get_one(Bulletin, airing.bulletin_id)
        seen = None
        if look and foreseen.can_move(airing, bulletin, now):
            span = moving.span(session, g.who, airing, now)
            try:
                onward = bool(request.args.get("onward"))
                becomes = _chosen(request.args)
                seen = foreseen.foresee(session, airing, becomes, now, span, onward=onward)
            except Invalid as error:
                told = error.by_field()
    at = local(airing.starts_at)
    return render_template(
        "moves/airing.html",
        airing=airing,
        bulletin=bulletin,
        may_move=foreseen.can_move(airing, bulletin, now),
        day=request.values.get("day") or at.date().isoformat(),
        time=request.values.get("time") or f"{at:%H:%M}",
        hour=f"{at:%H:%M}",
        repeats=not isinstance(rule_of(bulletin).pattern, Once),
        onward=bool(request.values.get("onward")),
        errors=told,
        seen=seen,
        groups=heard_where.groups(seen.planned, seen.becomes) if seen else [],
        others=heard_where.others(seen.planned, airing.approval_id) if seen else [],
    )


def _chosen(given: Mapping[str, str]) -> datetime:
    """The typed local day and time. Raises Invalid."""
    try:
        text = f"{given.get('day', '')}T{given.get('time', '')}"
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=ZONE)
    except ValueError as error:
        raise Invalid([Problem("time", "Chọn ngày và giờ mới, như 17:00.")]) from error
