"""Passkey door: what a device is asked to sign, and the sign-in without name or password."""

from flask import Blueprint, Response, flash, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller import passkey_asking, passkey_proof, second_step, signing_in
from controller.errors import NotSignedIn
from controller.signing_in import At
from web import devices, entrance, guard, passkey_site
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

blueprint = Blueprint("passkey_door", __name__, url_prefix="/dang-nhap/khoa")


@blueprint.post("/hoi")
def ask() -> Response:
    """What the browser asks of a device: of whoever is here, or of anybody at the door."""
    site, challenge = passkey_site.must(), passkey_site.fresh_challenge()
    with parts().store.reading() as database:
        options = passkey_asking.to_show(database, _person(), site, challenge)
    answer = jsonify(options)
    answer.cache_control.no_store = True
    return answer


@blueprint.post("/")
def enter() -> Page | AnyResponse:
    """A device has signed: its holder is in."""
    site, told, now = passkey_site.must(), passkey_site.told(), parts().now()
    at = At(request.remote_addr or "", devices.called(request.user_agent.string))
    signed_in = None
    if told is not None:
        with parts().store.writing() as database:
            row = passkey_proof.shown(database, told, site, now=now)
            if row is not None:
                signing_in.sign_out(database, str(session.get(TOKEN, "")))  # what was halfway
                signed_in = second_step.enter(database, row.person_id, at, now=now)
    if signed_in is None:
        flash("Khóa truy cập không đúng hoặc đã bị bỏ. Hãy đăng nhập bằng mật khẩu.", "wait")
        return redirect(url_for("auth.sign_in"), 303)
    entrance.hold(signed_in)
    return entrance.onward()


def _person() -> str:
    """Whose passkeys are asked for; "" when nobody has come in or given a password."""
    asking = guard.somebody()
    if asking is not None:
        return asking.person_id
    try:
        token = str(session.get(TOKEN, ""))
        return second_step.halfway(parts().store, token, now=parts().now())[0].person_id
    except NotSignedIn:
        return ""
