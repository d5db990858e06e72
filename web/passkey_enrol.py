"""Passkey enrol: whoever must set up a second factor at the door makes a passkey there."""

from flask import Blueprint, Response, g, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller import passkey_asking, passkeys, second_factor, second_step
from controller.errors import Invalid, NotSignedIn
from controller.model import Stage
from controller.permissions import Who
from web import devices, door, entrance, passkey_site, telephone
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

blueprint = Blueprint("passkey_enrol", __name__, url_prefix="/dang-nhap/khoa-moi")

NOT_MADE = "Máy chưa tạo được khóa. Hãy thử lần nữa, hoặc dùng ứng dụng tạo mã."


@blueprint.post("/hoi")
def ask() -> Response:
    """What the browser asks of the device."""
    site = passkey_site.must()
    try:
        asking = _enrolling()
    except NotSignedIn:
        return Response(status=403)
    challenge = passkey_site.fresh_challenge()
    with parts().store.reading() as database:
        options = passkey_asking.to_make(database, asking.person_id, site, challenge)
    answer = jsonify(options)
    answer.cache_control.no_store = True
    return answer


@blueprint.post("/")
def make() -> Page | AnyResponse:
    """The device has made one: in, with recovery codes to put away."""
    site, told, now = passkey_site.must(), passkey_site.told(), parts().now()
    try:
        asking = _enrolling()
        if told is None:
            return door.enrol_page(asking, {"credential": NOT_MADE}), 422
        name = devices.called(request.user_agent.string) or "Máy đầu tiên"
        with parts().store.writing() as database:
            passkeys.add(database, asking, told, site, name, now=now)
            codes = second_factor.first_codes(database, asking.person_id)
            signed_in = second_step.all_the_way(database, str(session.get(TOKEN, "")), now=now)
    except NotSignedIn:
        return redirect(url_for("auth.sign_in"), 303)
    except Invalid:
        return door.enrol_page(asking, {"credential": NOT_MADE}), 422
    entrance.hold(signed_in)
    g.who = signed_in.who
    return telephone.codes_page(codes, entrance.own_page(request.form.get("next", "")))


def _enrolling() -> Who:
    """Who has given a password and must set up a second factor. Raises NotSignedIn."""
    token = str(session.get(TOKEN, ""))
    asking, stage = second_step.halfway(parts().store, token, now=parts().now())
    if stage is not Stage.ENROL:
        raise NotSignedIn
    return asking
