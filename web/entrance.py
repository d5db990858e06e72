"""Entrance: what follows a sign-in, once somebody is all the way in."""

import re

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from controller.signing_in import SignedIn
from web import kept_form
from web.bulletin_page import Page
from web.guard import TOKEN

_OURS = re.compile(r"/(?!/)[^\\\x00-\x20]*")
"""A path of this server; browsers read a backslash as a slash and leave out tabs and line ends."""


def hold(signed_in: SignedIn) -> None:
    """The browser gets the session; one that existed before belongs to nobody."""
    session.clear()
    session[TOKEN] = signed_in.token


def onward() -> Page | Response:
    """To what was asked for before signing in, with what was typed there."""
    wanted = own_page(request.form.get("next", ""))
    if fields := kept_form.fields():
        return render_template("auth/resume.html", action=wanted, fields=fields)
    return redirect(wanted, 303)


def own_page(wanted: str) -> str:
    """The page asked for, if it is one of ours; else the home page."""
    return wanted if _OURS.fullmatch(wanted) else url_for("my_work.home")
