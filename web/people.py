"""People: who has an account here, and how somebody new is invited."""

from collections.abc import Collection

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from msgspec import Struct
from sqlalchemy.orm import Session

from controller import people, reach
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import Person, Role
from controller.permissions import Permission
from controller.signing_in import INVITATION_LIVES, RESET_LIVES
from web import places
from web.bulletin_page import Page
from web.parts import parts
from web.words import ROLE

A_PAGE = 50
Held = tuple[Role, str]

blueprint = Blueprint("people", __name__, url_prefix="/nguoi-dung")


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of an invitation, as typed."""

    name: str = ""
    login: str = ""
    role: str = ""
    area: str = ""


@blueprint.get("/")
def index() -> str:
    """The people of the administrator's places; `tim`, `vai` and `khoa` narrow, `trang` pages."""
    administrators_only()
    sought, page = _sought(), max(1, request.args.get("trang", 1, type=int))
    day = local_day(parts().now())
    with parts().store.reading() as session:
        found = reach.listed(
            session, g.who, sought, on=day, limit=A_PAGE + 1, offset=(page - 1) * A_PAGE
        )
        held = reach.held_by(session, [person.id for person in found[:A_PAGE]])
        words = held_in_words(session, [one for each in held.values() for one in each])
        rows = [(p, [words[one] for one in held[p.id]]) for p in found[:A_PAGE]]
    return render_template(
        "people/list.html",
        rows=rows,
        sought=sought,
        roles=ROLE,
        page=page,
        more=len(found) > A_PAGE,
    )


@blueprint.get("/moi")
def new() -> str:
    """An empty invitation."""
    administrators_only()
    return _form(Typed(), {})


@blueprint.post("/moi")
def create() -> Page | Response:
    """Make the account, and show the link by which its holder sets a password."""
    administrators_only()
    given = Typed(**{name: request.form.get(name, "") for name in Typed.__struct_fields__})
    now = parts().now()
    roles = [(Role(given.role), given.area)] if given.role in set(Role) and given.area else []
    try:
        with parts().store.writing() as session:
            person = people.create(
                session, g.who, login=given.login, name=given.name, grants=roles, now=now
            )
            token = people.make_reset_link(session, g.who, person.id, now=now)
    except Invalid as error:
        return _form(given, error.by_field()), 422
    return link_page(person, token)


def link_page(person: Person, token: str) -> Response:
    """Show the link, once, and let no browser keep it; it is handed over by hand or telephone."""
    invited = person.password_hash is None
    lives = INVITATION_LIVES if invited else RESET_LIVES
    link = url_for("auth.new_password", token=token, _external=True)
    answer = make_response(
        render_template(
            "people/link.html",
            person=person,
            link=link,
            invited=invited,
            until=parts().now() + lives,
        )
    )
    answer.cache_control.no_store = True
    return answer


def administrators_only() -> None:
    """Raises NotFound for whoever manages nobody anywhere."""
    if not g.who.areas_of(Permission.MANAGE_PEOPLE):
        raise NotFound("page", request.path)


def held_in_words(session: Session, held: Collection[Held]) -> dict[Held, str]:
    """Each role with the name of its place."""
    area_ids = list({area_id for _, area_id in held})
    named = dict(zip(area_ids, places.names(session, area_ids), strict=True))
    return {(role, area_id): f"{ROLE[role]} · {named[area_id]}" for role, area_id in held}


def _sought() -> reach.Sought:
    """What cannot be read of the address does not narrow."""
    role = request.args.get("vai", "")
    return reach.Sought(
        words=request.args.get("tim", ""),
        role=Role(role) if role in set(Role) else None,
        active=request.args.get("khoa") != "1",
    )


def _form(given: Typed, errors: dict[str, str]) -> str:
    with parts().store.reading() as session:
        day = local_day(parts().now())
        where = places.choices(session, g.who, Permission.MANAGE_PEOPLE, day)
    return render_template(
        "people/new.html", given=given, errors=errors, places=where, roles=ROLE, picked=given
    )
