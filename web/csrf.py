"""Forgery guard: a form is obeyed only with the token that this browser was given."""

import hmac
import secrets

from flask import request, session
from markupsafe import Markup
from werkzeug.exceptions import BadRequest

FIELD = "csrf"
WITHOUT_COOKIE = frozenset({"foreign_door.results", "diagnosis_door.take", "no_more_mail.stop"})
"""Posts of boxes and mail programs, which show a secret that no browser sends by itself."""

PROGRAMS = "/api/"
"""Where programs ask, with a key that no browser sends by itself (web.api.door)."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Forged(BadRequest):
    """A form without the token of this browser: an old page, or another site's form."""


def token() -> str:
    """The token of this browser, made when first asked for; kept in the signed cookie."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(24)
    return str(session[FIELD])


def csrf_field() -> Markup:
    """The hidden field that every form carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def of_a_program() -> bool:
    """Whether this request shows no cookie but a key."""
    return request.path.startswith(PROGRAMS)


def check() -> None:
    """Refuse an unsafe request without the token. Raises Forged."""
    if request.method in _SAFE or request.endpoint in WITHOUT_COOKIE:
        return
    if of_a_program():
        return
    given, wanted = request.form.get(FIELD, ""), str(session.get(FIELD, ""))
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Forged
