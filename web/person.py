"""Person: one account, the roles given to it and taken back, its link, its lock."""

from collections.abc import Iterator

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from msgspec import Struct
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import acting, grants, people, reach, second_factor
from controller.areas import local_day
from controller.errors import NotFound, WrongState
from controller.model import Role
from controller.permissions import Permission, scope
from web import places
from web.parts import parts
from web.people import administrators_only, held_in_words, link_page
from web.words import ROLE

blueprint = Blueprint("person", __name__, url_prefix="/nguoi-dung")


class Held(Struct, frozen=True):
    """A role of the person; `ours` when the administrator may take it back."""

    role: Role
    area_id: str
    words: str
    ours: bool


@blueprint.get("/<person_id>")
def show(person_id: str) -> str:
    """The account, with what this administrator may do about it."""
    administrators_only()
    now = parts().now()
    with parts().store.reading() as session:
        person = reach.seen(session, g.who, person_id, now=now)
        return render_template(
            "people/show.html",
            person=person,
            held=list(_held(session, person_id)),
            looked_after=_is_managed(session, person_id),
            has_factor=second_factor.has(session, person_id),
            away=acting.of_person(session, person_id, now),
            decides=bool(acting.decided_by(session, [person_id])[person_id]),
            oneself=person.id == g.who.person_id,
            places=places.choices(session, g.who, Permission.MANAGE_PEOPLE, local_day(now)),
            roles=ROLE,
        )


@blueprint.post("/<person_id>/vai-tro")
def give(person_id: str) -> AnyResponse:
    """One role more."""
    role, area_id = _chosen()
    with parts().store.writing() as session:
        grants.give(session, g.who, person_id, role, area_id, now=parts().now())
    flash("Đã giao vai trò; có hiệu lực ngay.", "good")
    return _to(person_id)


@blueprint.post("/<person_id>/thu-hoi")
def take_back(person_id: str) -> AnyResponse:
    """One role less."""
    role, area_id = _chosen()
    try:
        with parts().store.writing() as session:
            grants.take_back(session, g.who, person_id, role, area_id, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        flash("Đã thu hồi vai trò; người này phải đăng nhập lại.", "good")
    return _to(person_id)


@blueprint.post("/<person_id>/khoa")
def lock(person_id: str) -> AnyResponse:
    """Sign the person out everywhere, and let them in no more."""
    try:
        with parts().store.writing() as session:
            people.deactivate(session, g.who, person_id, now=parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        flash("Đã khóa tài khoản; mọi máy của người này bị đăng xuất.", "good")
    return _to(person_id)


@blueprint.post("/<person_id>/mo-khoa")
def unlock(person_id: str) -> Response:
    """Let the person in again, by a link like that of a newcomer."""
    now = parts().now()
    with parts().store.writing() as session:
        people.reactivate(session, g.who, person_id, now=now)
        token = people.make_reset_link(session, g.who, person_id, now=now)
        person = reach.managed(session, g.who, person_id, now=now)
    return link_page(person, token)


@blueprint.post("/<person_id>/bo-hai-buoc")
def drop_second_factor(person_id: str) -> AnyResponse:
    """For whoever lost their telephone and their recovery codes."""
    with parts().store.writing() as session:
        second_factor.drop(session, g.who, person_id, now=parts().now())
    flash("Đã bỏ xác nhận hai bước; người này đăng nhập bằng mật khẩu rồi bật lại.", "good")
    return _to(person_id)


@blueprint.post("/<person_id>/dat-lai-mat-khau")
def reset(person_id: str) -> Response:
    """A link by which the person sets a password."""
    now = parts().now()
    with parts().store.writing() as session:
        token = people.make_reset_link(session, g.who, person_id, now=now)
        person = reach.managed(session, g.who, person_id, now=now)
    return link_page(person, token)


def _chosen() -> tuple[Role, str]:
    """What was chosen of the lists on the page. Raises NotFound for what is on none."""
    role = request.form.get("role", "")
    if role not in set(Role):
        raise NotFound("role", role)
    return Role(role), request.form.get("area", "")


def _held(session: Session, person_id: str) -> Iterator[Held]:
    held = reach.held(session, person_id)
    day = local_day(parts().now())
    reached = scope(session, g.who, Permission.MANAGE_PEOPLE, day)
    words = held_in_words(session, held)
    for role, area_id in held:
        yield Held(role, area_id, words[role, area_id], area_id in reached)


def _is_managed(session: Session, person_id: str) -> bool:
    try:
        reach.managed(session, g.who, person_id, now=parts().now())
    except NotFound:
        return False
    return True


def _to(person_id: str) -> AnyResponse:
    return redirect(url_for("person.show", person_id=person_id), 303)
