"""Priorities: priority bulletins that collide, moved up and down by the place that hears them."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller import collisions
from controller.errors import NotFound, WrongState
from web.parts import parts

blueprint = Blueprint("priorities", __name__, url_prefix="/uu-tien")


@blueprint.get("/")
def index() -> str:
    """What collides in one of the person's places; `xa` chooses which."""
    now = parts().now()
    with parts().store.reading() as session:
        places = collisions.places(session, g.who)
        if not places:
            raise NotFound("page", request.path)
        area = request.args.get("xa", places[0].id)
        sets = collisions.of(session, g.who, area, now)
    return render_template("priorities/index.html", places=places, area=area, sets=sets)


@blueprint.post("/")
def move() -> Response:
    """One step up or down; the plan follows at once."""
    area, names = request.form.get("area", ""), request.form.getlist("order")
    at, _, way = request.form.get("move", "").partition(":")
    wanted = moved(names, int(at) if at.isdecimal() else -1, -1 if way == "len" else 1)
    try:
        with parts().store.writing() as session:
            collisions.order(session, g.who, area, wanted, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        parts().nudge()
        flash("Đã đổi thứ tự. Lịch phát theo ngay.", "good")
    return redirect(url_for("priorities.index", xa=area), 303)


def moved(names: list[str], at: int, by: int) -> list[str]:
    """The names with the one at `at` moved by a step; as they are when it has no way to go."""
    to = at + by
    if not (0 <= at < len(names) and 0 <= to < len(names)):
        return names
    found = [*names]
    found[at], found[to] = found[to], found[at]
    return found
