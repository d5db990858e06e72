"""The button under a happening: who is to see to it has done so, and it leaves the list."""

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from controller import looked_at
from web.parts import parts

blueprint = Blueprint("looked_at", __name__)


@blueprint.post("/tram-loa/<station_id>/da-xem")
def done(station_id: str) -> Response:
    """Back to where the person was; a second press says the same and changes nothing."""
    alarm_id = request.form.get("viec", -1, type=int)
    with parts().store.writing() as session:
        looked_at.look(session, g.who, station_id, alarm_id, now=parts().now())
    flash("Đã ghi là đã xem. Nếu xảy ra lần nữa, việc này hiện lại ở đây.", "good")
    if request.form.get("ve") == "tram":
        return redirect(url_for("station_health.show", station_id=station_id), 303)
    return redirect(url_for("station_ills.index"), 303)


@blueprint.post("/may-chu/da-xem")
def of_server() -> Response:
    """Trouble of the server itself, from the first page of its administrators."""
    alarm_id = request.form.get("viec", -1, type=int)
    with parts().store.writing() as session:
        looked_at.look_at_server(session, g.who, alarm_id, now=parts().now())
    flash("Đã ghi là đã xem. Nếu xảy ra lần nữa, việc này hiện lại ở đây.", "good")
    return redirect(url_for("my_work.home"), 303)
