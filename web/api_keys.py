"""API keys: a person gives a program some of their own permissions, and takes them back."""

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from controller.api import keys
from controller.areas import local_day
from controller.errors import Invalid
from controller.permissions import Permission
from web import places
from web.bulletin_page import Page
from web.parts import parts
from web.words import PERMISSION

blueprint = Blueprint("api_keys", __name__, url_prefix="/cai-dat/khoa-api")


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of a new key, as typed."""

    name: str = ""
    area: str = ""
    permissions: tuple[str, ...] = ()
    days: str = str(keys.LIVES_DAYS[0])


@blueprint.get("/")
def index() -> str:
    """The person's keys, and a form for another."""
    return _page(Typed(), {})


@blueprint.post("/")
def create() -> Page | Response:
    """Make a key, and show its secret this once; no browser keeps it."""
    form, now = request.form, parts().now()
    given = Typed(
        name=form.get("name", ""),
        area=form.get("area", ""),
        permissions=tuple(form.getlist("permission")),
        days=form.get("days", ""),
    )
    wanted = keys.Wanted(
        name=given.name,
        area_id=given.area,
        permissions=tuple(each for each in Permission if each in given.permissions),
        days=int(given.days) if given.days.isdecimal() else 0,
    )
    try:
        with parts().store.writing() as session:
            made = keys.make(session, g.who, wanted, now=now)
    except Invalid as error:
        return _page(given, error.by_field()), 422
    answer = make_response(render_template("api_keys/made.html", key=made.key, secret=made.secret))
    answer.cache_control.no_store = True
    return answer


@blueprint.post("/<key_id>/thu-hoi")
def revoke(key_id: str) -> AnyResponse:
    """The key opens nothing any more."""
    with parts().store.writing() as session:
        keys.revoke(session, g.who, key_id, now=parts().now())
    flash("Đã thu hồi khóa. Chương trình dùng khóa này không làm được gì nữa.", "good")
    return redirect(url_for("api_keys.index"), 303)


def _page(given: Typed, errors: dict[str, str]) -> str:
    now = parts().now()
    with parts().store.reading() as session:
        rows = keys.of(session, g.who.person_id)
        named = places.names(session, [row.area_id for row in rows])
        offered = keys.offered(g.who)
        where = {
            place.id: place
            for each in offered
            for place in places.choices(session, g.who, each, local_day(now))
        }
    return render_template(
        "api_keys/list.html",
        rows=list(zip(rows, named, strict=True)),
        given=given,
        errors=errors,
        places=list(where.values()),
        offered=offered,
        words=PERMISSION,
        lives=keys.LIVES_DAYS,
        now=now,
    )
