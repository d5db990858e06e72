"""Sign in and out, set a password by a one-time link, see and end one's sessions."""

import re

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from controller import signing_in
from controller.errors import Invalid, NotFound, NotSignedIn, TooManyFailures
from controller.model import WebSession
from web import draft_form, failures, kept_form
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

_OURS = re.compile(r"/(?!/)[^\\\x00-\x20]*")
"""A path of this server; browsers read a backslash as a slash and leave out tabs and line ends."""

blueprint = Blueprint("auth", __name__)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> Page | Response:
    """The sign-in form; the throttle is counted in the database, before any hashing."""
    if request.method == "GET":
        return _form({})
    login, password = request.form.get("login", ""), request.form.get("password", "")
    address, now = request.remote_addr or "", parts().now()
    try:
        signed_in = signing_in.sign_in(parts().store, login, password, address, now=now)
    except NotSignedIn as error:
        return _form({"password": str(error)}), 422
    except TooManyFailures as error:
        return failures.page(429, "Bạn đã thử quá nhiều lần", str(error))
    session.clear()  # a session that existed before belongs to nobody
    session[TOKEN] = signed_in.token
    wanted = _own_page(request.form.get("next", ""))
    if fields := kept_form.fields():
        return render_template("auth/resume.html", action=wanted, fields=fields)
    return redirect(wanted, 303)


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
            WebSession.person_id == g.who.person_id, *signing_in.alive(parts().now())
        )
        rows = list(database.scalars(query.order_by(WebSession.seen_at.desc())))
    return render_template("auth/sessions.html", rows=rows)


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


def _own_page(wanted: str) -> str:
    """The page asked for before signing in, if it is one of ours; else the home page."""
    return wanted if _OURS.fullmatch(wanted) else url_for("my_work.home")
