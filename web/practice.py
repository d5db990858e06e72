"""Practice: the sandbox lets anybody in by a role, says what it is, and begins anew by one tap."""

import secrets

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from controller import reset, signing_in
from controller.errors import NotFound
from controller.model import Area, Grant, Person, Role, Stage
from controller.permissions import who
from web import devices, entrance
from web.parts import parts
from web.words import ROLE

GENERATION = "SANDBOX_GENERATION"
COOKIE = "tt_tap_dung"
"""Cookies know no ports: the real server beside it keeps its own."""

blueprint = Blueprint("practice", __name__, url_prefix="/tap-dung")


def install(app: Flask) -> None:
    """Tell one beginning from the next."""
    app.config[GENERATION] = secrets.token_hex(8)


@blueprint.get("/")
def roles() -> str:
    """Whom one may be here."""
    _only_here()
    query = (
        select(Person, Grant.role, Area.name)
        .join(Grant, Grant.person_id == Person.id)
        .join(Area, Area.id == Grant.area_id)
        .where(Person.active)
        .order_by(Area.folded.desc(), Person.login)
    )
    with parts().store.reading() as session:
        rows = session.execute(query).all()
    order = list(Role)
    rows = sorted(rows, key=lambda row: order.index(Role(row[1])))
    people = [(person, ROLE[role], place) for person, role, place in rows]
    return render_template("practice/roles.html", people=people)


@blueprint.post("/vao")
def enter() -> Response:
    """In as one of its people, without a password: nothing here is real."""
    _only_here()
    now = parts().now()
    at = signing_in.At(request.remote_addr or "", devices.called(request.user_agent.string))
    with parts().store.writing() as session:
        asking = who(session, request.form.get("person", ""))
        token = signing_in.open_session(session, asking, at, Stage.FULL, now=now)
    entrance.hold(signing_in.SignedIn(token, asking, Stage.FULL))
    return redirect(url_for("my_work.home"), 303)


@blueprint.post("/lam-lai")
def again() -> Response:
    """Throw everything away and begin anew."""
    _only_here()
    reset.ask(parts().settings.data)
    return redirect(url_for("practice.wait", truoc=current_app.config[GENERATION]), 303)


@blueprint.get("/cho")
def wait() -> str | Response:
    """The page asks again by itself until another beginning answers; `truoc` is the one before."""
    _only_here()
    if request.args.get("truoc") == current_app.config[GENERATION]:
        return render_template("practice/wait.html")
    flash("Đã làm lại từ đầu. Chọn vai để tập.", "good")
    return redirect(url_for("practice.roles"), 303)


def sandbox_address() -> str:
    """Where one may practise, seen from this request; "" when there is no such place."""
    port = parts().settings.sandbox_port
    host = request.host.rpartition(":")[0] if ":" in request.host else request.host
    return f"http://{host}:{port}/tap-dung/" if port else ""


def _only_here() -> None:
    """Raises NotFound on a real server."""
    if not parts().settings.sandbox:
        raise NotFound("page", request.path)
