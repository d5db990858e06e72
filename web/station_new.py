"""Station, new: one loudspeaker cluster added by hand; a virtual one is given up again."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller import stations
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.permissions import Permission
from web.bulletin_page import Page
from web.parts import parts
from web.places import choices

VIRTUAL = "virtual"

blueprint = Blueprint("station_new", __name__, url_prefix="/tram-loa")


@blueprint.get("/moi")
def form() -> str:
    """An empty form."""
    return _form({})


@blueprint.post("/moi")
def add() -> Page | Response:
    """Register it; a virtual one begins to play by itself, a real one waits for its box."""
    typed, now = request.form, parts().now()
    virtual = parts().settings.virtual_stations and typed.get("kind") == VIRTUAL
    try:
        with parts().store.writing() as session:
            area, name = typed.get("area", ""), typed.get("name", "")
            made = stations.register(session, g.who, area, name, now=now)
            made.station.virtual, station_id = virtual, made.station.id
    except Invalid as error:
        return _form(error.by_field()), 422
    parts().nudge()
    if virtual:
        flash("Đã thêm cụm loa ảo. Vài giây nữa nó kết nối.", "good")
        return redirect(url_for("station.show", station_id=station_id), 303)
    flash("Đã thêm cụm loa. Bước tiếp theo: nhận hộp cho nó.", "good")
    return redirect(url_for("box.show", station_id=station_id), 303)


@blueprint.post("/<station_id>/thoi-dung")
def retire(station_id: str) -> Response:
    """Give a virtual station up: the loudspeakers are there, or nobody practises any more."""
    with parts().store.writing() as session:
        stations.retire(session, g.who, station_id, now=parts().now())
    parts().nudge()
    flash("Đã thôi dùng cụm loa ảo. Kết quả đã phát của nó vẫn còn trong báo cáo.", "good")
    return redirect(url_for("stations.index"), 303)


def _form(errors: dict[str, str]) -> str:
    """Raises NotFound for whoever may add nothing."""
    with parts().store.reading() as session:
        today = local_day(parts().now())
        places = choices(session, g.who, Permission.MANAGE_STATIONS, today)
    if not places:
        raise NotFound("page", request.path)
    return render_template(
        "stations/new.html",
        places=places,
        errors=errors,
        typed=request.form,
        can_be_virtual=parts().settings.virtual_stations,
    )
