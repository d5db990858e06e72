"""Telephone: the picture by which an authenticator app learns a secret, and the recovery codes."""

import re
from typing import Any

import segno
from flask import Response, make_response, render_template
from markupsafe import Markup

from controller import second_factor, totp
from controller.model import Person
from web.parts import parts

QR_SCALE = 5  # px a module: a telephone reads it from a screen at arm's length


def facts(person_id: str) -> dict[str, Any]:
    """What the page of setting up shows: the picture, and the secret for whoever cannot scan."""
    with parts().store.writing() as session:
        secret = second_factor.begin(session, person_id)
        login = session.get_one(Person, person_id).login
    picture = segno.make(totp.address(secret, login), micro=False).svg_inline(scale=QR_SCALE)
    return {
        "picture": Markup(picture),  # noqa: S704 - drawn by us, of our own words
        "secret": " ".join(re.findall("....", secret)),
    }


def codes_page(codes: list[str], onward: str) -> Response:
    """Show the recovery codes, once, and let no browser keep them."""
    page = render_template("second_factor/codes.html", codes=codes, onward=onward)
    answer = make_response(page)
    answer.cache_control.no_store = True
    return answer
