"""Guard: every page but a few asks who is there; nobody is sent to the sign-in page."""

from flask import Flask, Response, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller import signing_in
from controller.permissions import Who
from web import csrf
from web.parts import parts

TOKEN = "token"  # noqa: S105 - the name of the cookie's field, not a secret
OPEN = frozenset({"assets.serve", "auth.sign_in", "auth.new_password", "health.healthz"})
"""Pages for whoever comes. `media.recording` also lets stations in, by their own secret."""

STATIONS_TOO = "media.recording"


def install(app: Flask) -> None:
    """Ask at every request."""
    app.before_request(_admit)
    app.before_request(csrf.check)


def somebody() -> Who | None:
    """Who holds the cookie of this request."""
    token = session.get(TOKEN)
    return signing_in.signed_in(parts().store, token, now=parts().now()) if token else None


def _admit() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint in OPEN:
        return None  # no such page is told to everybody alike
    g.who = somebody()
    if g.who is not None or request.endpoint == STATIONS_TOO:
        return None
    if "HX-Request" in request.headers:  # a page that polls: let it load itself anew, and end here
        return Response(status=401, headers={"HX-Refresh": "true"})
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted), 303)
