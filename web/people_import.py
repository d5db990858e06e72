"""People import: a list of newcomers from a workbook, looked at before anybody is invited."""

from flask import Blueprint, Response, g, make_response, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller.errors import Invalid
from controller.sheets import people
from controller.sheets.people import HEADS, Checked, Invited
from controller.signing_in import INVITATION_LIVES
from web import sheet_import
from web.parts import parts
from web.people import administrators_only
from web.sheet_import import Unusable
from web.words import ROLE

EXAMPLE = (
    ("Họ và tên người thứ nhất", "nguoi.thu.nhat", "Cán bộ xã", "Xã Suối Mây"),
    ("Họ và tên người thứ hai", "nguoi.thu.hai", "Lãnh đạo duyệt", "Xã Suối Mây"),
)

blueprint = Blueprint("people_import", __name__, url_prefix="/nguoi-dung/nhap")


@blueprint.get("/")
def form() -> str:
    """What the workbook must look like, and where to choose it."""
    administrators_only()
    return _form("")


@blueprint.get("/mau")
def example() -> AnyResponse:
    """A workbook with the right heads, to be filled in."""
    administrators_only()
    return sheet_import.example("Người dùng", HEADS.values(), EXAMPLE, "nguoi-dung-mau.xlsx")


@blueprint.post("/")
def check() -> str | tuple[str, int]:
    """Look at every cell and say who would be invited; nothing is written yet."""
    administrators_only()
    try:
        content, rows = sheet_import.sent()
    except Unusable as error:
        return _form(str(error)), 422
    with parts().store.reading() as session:
        checked = people.check(session, g.who, rows, ROLE, parts().now())
    if checked.wrong:
        return _checked(checked, ""), 422
    return _checked(checked, sheet_import.keep(content))


@blueprint.post("/ghi")
def invite() -> Response | tuple[str, int]:
    """Invite whom it just showed; looked at again, for the world may have changed."""
    administrators_only()
    try:
        rows = sheet_import.kept()
    except Unusable as error:
        return _form(str(error)), 422
    now = parts().now()
    try:
        with parts().store.writing() as session:
            made = people.invite_all(session, g.who, rows, ROLE, now)
    except Invalid:
        with parts().store.reading() as session:
            return _checked(people.check(session, g.who, rows, ROLE, now), ""), 422
    return _links(made)


def _links(made: list[Invited]) -> Response:
    """The links, once; no browser keeps the page."""
    links = [
        (one.person, url_for("auth.new_password", token=one.token, _external=True)) for one in made
    ]
    until = parts().now() + INVITATION_LIVES
    answer = make_response(render_template("imports/people_links.html", links=links, until=until))
    answer.cache_control.no_store = True
    return answer


def _form(wrong: str) -> str:
    return render_template("imports/people.html", heads=HEADS, roles=ROLE.values(), wrong=wrong)


def _checked(checked: Checked, kept: str) -> str:
    return render_template(
        "imports/people_checked.html",
        checked=checked,
        shown=checked.wrong[: sheet_import.SHOWN],
        kept=kept,
        roles=ROLE,
    )
