"""People: who has an account here, and the one-time link by which they set a password."""

from collections.abc import Sequence

from flask import Blueprint, Response, g, make_response, render_template, url_for
from sqlalchemy.orm import Session

from controller import people
from controller.areas import local_day
from controller.model import Grant, Role
from controller.permissions import Permission, require
from web import places
from web.parts import parts
from web.words import ROLE

blueprint = Blueprint("people", __name__, url_prefix="/nguoi-dung")


@blueprint.get("/")
def index() -> str:
    """The people of the administrator's places."""
    now = parts().now()
    with parts().store.reading() as session:
        _administrators_only(session)
        listed = people.listed(session, g.who, on=local_day(now))
        rows = [(person, _roles(session, grants)) for person, grants in listed]
    return render_template("people/list.html", rows=rows)


@blueprint.post("/<person_id>/dat-lai-mat-khau")
def reset(person_id: str) -> Response:
    """Show the link, once, and let no browser keep it; it is handed over by hand or telephone."""
    now = parts().now()
    with parts().store.writing() as session:
        token = people.make_reset_link(session, g.who, person_id, now=now)
        person = people.managed(session, g.who, person_id, now=now)
    link = url_for("auth.new_password", token=token, _external=True)
    answer = make_response(render_template("people/link.html", person=person, link=link))
    answer.cache_control.no_store = True
    return answer


def _administrators_only(session: Session) -> None:
    """Raises NotFound for whoever manages nobody anywhere."""
    reach = g.who.areas_of(Permission.MANAGE_PEOPLE) or ("",)
    require(session, g.who, Permission.MANAGE_PEOPLE, reach, local_day(parts().now()))


def _roles(session: Session, grants: Sequence[Grant]) -> list[str]:
    named = places.names(session, [grant.area_id for grant in grants])
    return [f"{ROLE[Role(grant.role)]} · {name}" for grant, name in zip(grants, named, strict=True)]
