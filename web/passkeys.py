"""Passkeys: the page on which a person makes, sees and removes their own."""

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from controller import passkey_asking, passkeys, second_factor, second_step
from controller.errors import Invalid
from web import devices, passkey_site, proof_first, step_up, telephone
from web.bulletin_page import Page
from web.guard import TOKEN
from web.parts import parts

blueprint = Blueprint("passkeys", __name__, url_prefix="/khoa-truy-cap")


@blueprint.get("/")
def index() -> str:
    """One's passkeys, and why there can be none here."""
    with parts().store.reading() as database:
        rows = passkeys.of(database, g.who.person_id)
    return render_template("passkeys/index.html", rows=rows, why_not=passkey_site.why_not())


@blueprint.post("/them")
def begin() -> Page:
    """Name the device and make its passkey; whoever has a second factor shows it first."""
    passkey_site.must()
    return proof_first.page() or _make({})


@blueprint.post("/hoi")
def ask() -> Response:
    """What the browser asks of the device."""
    site = passkey_site.must()
    if step_up.is_due():
        return Response(status=403)
    challenge = passkey_site.fresh_challenge()
    with parts().store.reading() as database:
        options = passkey_asking.to_make(database, g.who.person_id, site, challenge)
    answer = jsonify(options)
    answer.cache_control.no_store = True
    return answer


@blueprint.post("/tao")
def make() -> Page | AnyResponse:
    """The device has made one; recovery codes come with the first."""
    site, told, now = passkey_site.must(), passkey_site.told(), parts().now()
    if step_up.is_due():
        return redirect(url_for("passkeys.index"), 303)
    if told is None:
        return _make({"name": "Máy chưa tạo được khóa. Hãy bấm “Tạo khóa” lần nữa."}), 422
    try:
        with parts().store.writing() as database:
            passkeys.add(database, g.who, told, site, request.form.get("name", ""), now=now)
            codes = second_factor.first_codes(database, g.who.person_id)
            second_step.note_proof(database, cookie[TOKEN], now=now)
    except Invalid as error:
        return _make(error.by_field()), 422
    if codes:
        return telephone.codes_page(codes, url_for("passkeys.index"))
    flash("Đã thêm khóa truy cập.", "good")
    return redirect(url_for("passkeys.index"), 303)


@blueprint.get("/bo")
def look() -> str:
    """What follows when one is removed, before it is."""
    with parts().store.reading() as database:
        row = passkeys.one(database, g.who, request.args.get("khoa", ""))
        last = len(passkeys.of(database, g.who.person_id)) == 1
        telephone_too = second_factor.has_telephone(database, g.who.person_id)
    return render_template("passkeys/remove.html", row=row, last=last, telephone=telephone_too)


@blueprint.post("/bo")
def remove() -> Page | AnyResponse:
    """Remove one."""
    asked = proof_first.page(passkey=request.form.get("passkey", ""))
    if asked:
        return asked
    with parts().store.writing() as database:
        passkeys.remove(database, g.who, request.form.get("passkey", ""), now=parts().now())
    flash("Đã bỏ khóa truy cập. Máy đó không đăng nhập bằng khóa được nữa.", "good")
    return redirect(url_for("passkeys.index"), 303)


def _make(errors: dict[str, str]) -> str:
    name = request.form.get("name") or devices.called(request.user_agent.string)
    return render_template("passkeys/make.html", errors=errors, name=name)
