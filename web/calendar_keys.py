"""Calendar keys: somebody lets their own calendar follow a place, and ends it again."""

import re

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

from controller import calendar_keys
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.permissions import Permission
from web import places
from web.bulletin_page import Page
from web.parts import parts

blueprint = Blueprint("calendar_keys", __name__, url_prefix="/lich/theo-doi")


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of a new address, as typed."""

    name: str = ""
    area: str = ""


@blueprint.get("/")
def index() -> str:
    """The person's addresses, and a form for another; `noi` is the place chosen first."""
    _admit()
    return _page(Typed(area=request.args.get("noi", "")), {})


@blueprint.post("/")
def create() -> Page | Response:
    """Make an address, and show it this once; no browser keeps it."""
    _admit()
    given = Typed(name=request.form.get("name", ""), area=request.form.get("area", ""))
    try:
        with parts().store.writing() as session:
            made = calendar_keys.make(session, g.who, given.name, given.area, now=parts().now())
            (place,) = places.names(session, [made.key.area_id])
    except Invalid as error:
        return _page(given, error.by_field()), 422
    link = url_for("calendar_feed.file", secret=made.secret, _external=True)
    page = render_template(
        "schedule/calendar_key.html",
        key=made.key,
        place=place,
        link=link,
        webcal=re.sub(r"^https?", "webcal", link),
    )
    answer = make_response(page)
    answer.cache_control.no_store = True
    return answer


@blueprint.post("/<calendar_id>/thu-hoi")
def revoke(calendar_id: str) -> AnyResponse:
    """The address leads nowhere any more."""
    with parts().store.writing() as session:
        calendar_keys.revoke(session, g.who, calendar_id, now=parts().now())
    flash("Đã thu hồi. Lịch ở máy dùng địa chỉ ấy không cập nhật nữa.", "good")
    return redirect(url_for("calendar_keys.index"), 303)


def _admit() -> None:
    """Raises NotFound for who sees no schedule."""
    if not g.who.areas_of(Permission.SEE_STATIONS):
        raise NotFound("page", request.path)


def _page(given: Typed, errors: dict[str, str]) -> str:
    with parts().store.reading() as session:
        rows = calendar_keys.of(session, g.who.person_id)
        named = places.names(session, [row.area_id for row in rows])
        where = places.choices(session, g.who, Permission.SEE_STATIONS, local_day(parts().now()))
    return render_template(
        "schedule/calendar_keys.html",
        rows=list(zip(rows, named, strict=True)),
        given=given,
        errors=errors,
        places=where,
    )
