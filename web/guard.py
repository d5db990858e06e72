"""Guard: every page but a few asks who is there; nobody is sent to the sign-in page."""

from flask import (
    Flask,
    Response,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from controller import signing_in
from controller.first_start.steps import Step
from controller.permissions import Who
from web import csrf, draft_form, kept_form
from web.parts import parts

TOKEN = "token"  # noqa: S105 - the name of the cookie's field, not a secret
OPEN = frozenset(
    {
        "assets.serve",
        "installable.manifest",
        "installable.worker",
        "installable.offline",
        "first_start.index",
        *(f"first_start.{step}" for step in Step),
        "practice.roles",
        "practice.enter",
        "practice.again",
        "practice.wait",
        "auth.sign_in",
        "auth.new_password",
        "calendar_feed.file",
        "door.code",
        "door.enrol",
        "language.choose",
        "passkey_door.ask",
        "passkey_door.enter",
        "passkey_enrol.ask",
        "passkey_enrol.make",
        "health.healthz",
        "no_more_mail.ask",
        "updates.repository",
        *csrf.WITHOUT_COOKIE,
        "foreign_door.programme",
        "foreign_door.recording",
        "foreign_door.recording_by_ticket",
    }
)
"""Pages for whoever comes. `media.recording` also lets stations in, by their own secret."""

STATIONS_TOO = "media.recording"
WHILE_TYPING = frozenset(
    {"bulletin_readings.how_read", "bulletins.start_in_words", "bulletin_room.look"}
)
"""Parts of a page on which a form is being filled in: it must not be loaded anew."""

UPLOADS = frozenset(
    {
        "bulletins.create",
        "bulletins.change",
        "emergencies.create",
        "emergencies.change",
        "papers.take_text",
        "papers.add",
        "people_import.check",
        "schedule_import.check",
        "stations_import.check",
    }
)


def install(app: Flask) -> None:
    """Ask at every request."""
    app.before_request(_admit)
    app.before_request(csrf.check)


def somebody() -> Who | None:
    """Who holds the cookie of this request."""
    token = session.get(TOKEN)
    return signing_in.signed_in(parts().store, token, now=parts().now()) if token else None


def _admit() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint in OPEN or csrf.of_a_program():
        return None  # no such page is told to everybody alike
    if "\0" in request.path:
        abort(404)  # PostgreSQL takes no text with it: no id has one
    g.who = somebody()
    if g.who is not None:
        if request.endpoint in UPLOADS:  # nobody else makes this server take a large body
            request.max_content_length = draft_form.MOST_BYTES
        return None
    if request.endpoint == STATIONS_TOO:
        return None
    if "HX-Request" in request.headers:
        return _ended()
    if request.method == "POST" and kept_form.fits():
        return _sign_in_again()
    return _to_the_door()


def _to_the_door() -> AnyResponse:
    """To sign in; where one practises, to the roles."""
    if parts().settings.sandbox:
        return redirect(url_for("practice.roles"), 303)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted), 303)


def _ended() -> AnyResponse:
    """For a part of a page: one that polls loads itself anew, and ends at the door."""
    if request.endpoint in WHILE_TYPING:  # as 200: pages put no failure in place of a part
        return make_response(render_template("auth/_ended.html"))
    return Response(status=401, headers={"HX-Refresh": "true"})


def _sign_in_again() -> AnyResponse:
    """The session ended while a form was filled in: nothing of it is lost."""
    csrf.check()
    form = {"next": request.path, "kept": kept_form.packed(), "login": "", "errors": {}}
    return make_response(render_template("auth/sign_in.html", **form), 401)
