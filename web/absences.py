"""Absences: who is away from deciding, entered by themselves or by who looks after accounts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from controller import absences, acting
from controller.absences import Wanted
from controller.errors import Invalid, NotFound, WrongState
from controller.permissions import Permission
from scheduler.calendar import ZONE
from web.bulletin_page import Page
from web.dates import local
from web.parts import parts

READ = "%Y-%m-%dT%H:%M"
"""How a browser sends `datetime-local`."""

blueprint = Blueprint("absences", __name__, url_prefix="/vang-mat")


class Typed(Struct, frozen=True, kw_only=True):
    """The fields, as typed."""

    starts_at: str
    ends_at: str
    deputy: str = ""
    reason: str = ""


@blueprint.get("/")
def own() -> Response:
    """One's own. Raises NotFound for who decides nothing in their own right."""
    if not g.who.besides([one.absent_id for one in g.who.stands_in]).areas_of(Permission.APPROVE):
        raise NotFound("page", request.path)
    return redirect(url_for("absences.show", person_id=g.who.person_id), 303)


@blueprint.get("/<person_id>")
def show(person_id: str) -> str:
    """When the person is away, and the form for once more."""
    today = local(parts().now())
    morning = (today + timedelta(days=1)).replace(hour=7, minute=0)
    back = morning + timedelta(days=1)
    return _page(person_id, Typed(starts_at=f"{morning:{READ}}", ends_at=f"{back:{READ}}"), {})


@blueprint.post("/<person_id>")
def add(person_id: str) -> Page | Response:
    """Be away."""
    given = Typed(**{name: request.form.get(name, "") for name in Typed.__struct_fields__})
    wanted = Wanted(
        starts_at=_read(given.starts_at),
        ends_at=_read(given.ends_at),
        deputy_id=given.deputy,
        reason=given.reason,
    )
    try:
        with parts().store.writing() as session:
            absences.add(session, g.who, person_id, wanted, now=parts().now())
    except Invalid as error:
        return _page(person_id, given, error.by_field()), 422
    flash("Đã ghi. Người duyệt thay có quyền duyệt đúng trong thời gian này.", "good")
    return redirect(url_for("absences.show", person_id=person_id), 303)


@blueprint.post("/<person_id>/ket-thuc")
def end(person_id: str) -> Response:
    """Back earlier."""
    absence_id = request.form.get("absence", "")
    try:
        with parts().store.writing() as session:
            absences.end(session, g.who, person_id, absence_id, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        flash("Đã kết thúc đợt vắng mặt. Người duyệt thay không còn quyền này.", "good")
    return redirect(url_for("absences.show", person_id=person_id), 303)


def _read(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, READ).replace(tzinfo=ZONE)
    except ValueError:
        return None


def _page(person_id: str, given: Typed, errors: Mapping[str, str]) -> str:
    now = parts().now()
    with parts().store.reading() as session:
        person = absences.person(session, g.who, person_id, now=now)
        held = acting.decided_by(session, [person_id])[person_id]
        return render_template(
            "absences/show.html",
            person=person,
            oneself=person_id == g.who.person_id,
            decides=bool(held),
            known=acting.of_person(session, person_id, now),
            left_to=acting.left_to(session, person_id, now),
            deputies=absences.candidates(session, person_id, now=now),
            given=given,
            errors=errors,
            now=now,
        )
