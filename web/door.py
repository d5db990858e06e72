"""Door: the step between the right password and the house: a code, or first setting one up."""

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from controller import second_factor, second_step
from controller.errors import Invalid, NotSignedIn, TooManyFailures
from controller.model import Stage
from controller.permissions import Who
from controller.signing_in import SignedIn
from web import entrance, failures, kept_form, passkey_door, passkey_site, telephone
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

blueprint = Blueprint("door", __name__, url_prefix="/dang-nhap")


def next_step(signed_in: SignedIn) -> Page | Response:
    """In, or the page of the step that is still to be taken."""
    if signed_in.stage is Stage.FULL:
        return entrance.onward()
    if signed_in.stage is Stage.CODE:
        return _code_page(signed_in.who, {})
    return enrol_page(signed_in.who, {})


@blueprint.post("/ma")
def code() -> Page | Response:
    """The code of the telephone, or a recovery code; or a passkey in their place."""
    if request.form.get(passkey_site.FIELD):
        return passkey_door.enter()
    typed, now = request.form.get("proof", ""), parts().now()
    try:
        signed_in = second_step.give_code(parts().store, _token(), typed, now=now)
    except NotSignedIn:
        return _again()
    except Invalid as error:
        asking, _ = second_step.halfway(parts().store, _token(), now=now)
        return _code_page(asking, error.by_field()), 422
    except TooManyFailures as error:
        return failures.page(429, "Bạn đã thử quá nhiều lần", str(error))
    entrance.hold(signed_in)
    return entrance.onward()


@blueprint.post("/dien-thoai")
def enrol() -> Page | Response:
    """The telephone that was just set up shows its first code."""
    now = parts().now()
    try:
        asking, stage = second_step.halfway(parts().store, _token(), now=now)
        if stage is not Stage.ENROL:
            return _again()
        with parts().store.writing() as database:
            codes = second_factor.confirm(database, asking, request.form.get("code", ""), now=now)
            signed_in = second_step.all_the_way(database, _token(), now=now)
    except NotSignedIn:
        return _again()
    except Invalid as error:
        return enrol_page(asking, error.by_field()), 422
    entrance.hold(signed_in)
    g.who = signed_in.who
    return telephone.codes_page(codes, entrance.own_page(request.form.get("next", "")))


def _token() -> str:
    return str(session.get(TOKEN, ""))


def _again() -> Response:
    """Halfway too long: the password is asked for again."""
    return redirect(url_for("auth.sign_in"), 303)


def _code_page(asking: Who, errors: dict[str, str]) -> str:
    carried = {"prover": asking.person_id, **_carried()}
    return render_template("second_factor/door_code.html", errors=errors, **carried)


def enrol_page(asking: Who, errors: dict[str, str]) -> str:
    """The page on which a second factor must be set up before anything else."""
    facts = telephone.facts(asking.person_id)
    return render_template("second_factor/door_enrol.html", errors=errors, **facts, **_carried())


def _carried() -> dict[str, str]:
    """What was asked for, and typed, before signing in."""
    fields = request.form
    return {"next": fields.get("next", ""), "kept": fields.get(kept_form.FIELD, "")}
