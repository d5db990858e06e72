"""Second factor: the page on which a person sets up their telephone, or another one."""

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from controller import passkeys, second_factor, second_step
from controller.errors import Invalid
from web import proof_first, step_up, telephone
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

blueprint = Blueprint("second_factor", __name__, url_prefix="/hai-buoc")


@blueprint.get("/")
def show() -> str:
    """Whether it is set up, by when it must be, how many recovery codes are left."""
    with parts().store.reading() as database:
        has = second_factor.has(database, g.who.person_id)
        telephone_too = second_factor.has_telephone(database, g.who.person_id)
        keys = len(passkeys.of(database, g.who.person_id))
        left = second_factor.codes_left(database, g.who.person_id)
        due = second_factor.due(database, g.who)
    facts = {"has": has, "telephone": telephone_too, "keys": keys, "left": left, "due": due}
    return render_template("second_factor/show.html", **facts)


@blueprint.post("/dien-thoai")
def begin() -> Page:
    """The picture for a telephone; whoever has one already shows its code first."""
    return proof_first.page() or _setup({})


@blueprint.post("/xac-nhan")
def confirm() -> Page | Response:
    """The telephone shows the right code."""
    if step_up.is_due():
        return redirect(url_for("second_factor.show"), 303)
    typed, now = request.form.get("code", ""), parts().now()
    try:
        with parts().store.writing() as database:
            codes = second_factor.confirm(database, g.who, typed, now=now)
            second_step.note_proof(database, session[TOKEN], now=now)
    except Invalid as error:
        return _setup(error.by_field()), 422
    return telephone.codes_page(codes, url_for("second_factor.show"))


@blueprint.post("/ma-du-phong")
def renew() -> Page | Response:
    """Other recovery codes."""
    asked = proof_first.page()
    if asked:
        return asked
    with parts().store.writing() as database:
        codes = second_factor.renew_codes(database, g.who, now=parts().now())
    return telephone.codes_page(codes, url_for("second_factor.show"))


def _setup(errors: dict[str, str]) -> str:
    facts = telephone.facts(g.who.person_id)
    return render_template("second_factor/setup.html", errors=errors, **facts)
