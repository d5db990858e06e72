"""Sign in and out, set a password by a one-time link, see and end one's sessions."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from controller import second_step, signing_in
from controller.errors import Invalid, NotFound, NotSignedIn, TooManyFailures
from controller.model import Stage, WebSession
from controller.signing_in import At
from web import devices, door, draft_form, entrance, failures, kept_form
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

blueprint = Blueprint("auth", __name__)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> Page | Response:
    """The sign-in form; the throttle is counted in the database, before any hashing."""
    if request.method == "GET":
        return _form({})
    login, password = request.form.get("login", ""), request.form.get("password", "")
    at = At(request.remote_addr or "", devices.called(request.user_agent.string))
    now, policy = parts().now(), second_step.Policy(parts().settings.second_factor)
    stage_of = second_step.stage_under(policy, now)
    try:
        signed_in = signing_in.sign_in(parts().store, login, password, at, stage_of, now=now)
    except NotSignedIn as error:
        return _form({"password": str(error)}), 422
    except TooManyFailures as error:
        return failures.page(429, "Bạn đã thử quá nhiều lần", str(error))
    entrance.hold(signed_in)
    return door.next_step(signed_in)


@blueprint.post("/dang-xuat")
def sign_out() -> Response:
    """End this browser's session."""
    with parts().store.writing() as database:
        signing_in.sign_out(database, session[TOKEN])
    session.clear()
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.get("/phien")
def sessions() -> str:
    """Where this person is signed in."""
    with parts().store.reading() as database:
        query = select(WebSession).where(
            WebSession.person_id == g.who.person_id,
            WebSession.stage == Stage.FULL,
            *signing_in.alive(parts().now()),
        )
        rows = list(database.scalars(query.order_by(WebSession.seen_at.desc())))
    this = signing_in.digest(session[TOKEN])
    return render_template("auth/sessions.html", rows=rows, this=this)


@blueprint.post("/phien/dang-xuat")
def end() -> Response:
    """End one of this person's other sessions."""
    with parts().store.writing() as database:
        signing_in.end(database, g.who, request.form.get("session", ""))
    flash("Đã đăng xuất máy đó.", "good")
    return redirect(url_for("auth.sessions"), 303)


@blueprint.post("/phien/dang-xuat-het")
def sign_out_everywhere() -> Response:
    """End all of this person's sessions, this one too."""
    with parts().store.writing() as database:
        signing_in.sign_out_everywhere(database, g.who.person_id)
    session.clear()
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.route("/mat-khau/<token>", methods=["GET", "POST"])
def new_password(token: str) -> Page | Response:
    """Set a password by the link that an administrator handed over."""
    try:
        holder = signing_in.holder_of_link(parts().store, token, now=parts().now())
        if request.method == "GET":
            return render_template("auth/new_password.html", errors={}, holder=holder)
        signing_in.set_password(
            parts().store, token, request.form.get("password", ""), now=parts().now()
        )
    except NotFound:
        return failures.page(
            404, "Đường dẫn không dùng được nữa", "Hãy gọi người quản trị để nhận đường dẫn mới."
        )
    except Invalid as error:
        told = draft_form.errors(error)
        return render_template("auth/new_password.html", errors=told, holder=holder), 422
    flash("Đã đặt mật khẩu mới. Hãy đăng nhập.", "good")
    return redirect(url_for("auth.sign_in"), 303)


def _form(errors: dict[str, str]) -> str:
    return render_template(
        "auth/sign_in.html",
        errors=errors,
        login=request.form.get("login", ""),
        next=request.values.get("next", ""),
        kept=request.form.get(kept_form.FIELD, ""),
    )
