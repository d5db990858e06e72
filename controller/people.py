"""People: accounts, what each may do and where; kept by administrators of their area."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, entered, passwords, signing_in
from controller.areas import local_day
from controller.errors import Invalid, WrongState
from controller.grants import Grants, leave_an_administrator
from controller.model import Grant, Person, ResetLink, Role
from controller.model.folding import folded
from controller.permissions import Permission, Who, require, who
from controller.reach import areas_of, held, managed
from controller.store import Store
from scheduler.problem import Problem

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """What these people are called, by id; also of those who have left."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {id_: name for id_, name in rows}  # noqa: C416 - typed rows


def found(
    store: Store, *, login: str, name: str, password: str, area_ids: Collection[str], now: datetime
) -> Who:
    """The first administrator of an empty server. Raises WrongState when somebody is there."""
    password_hash = first_password(login, name, password)
    with store.writing() as session:
        return first(session, login, name, password_hash, area_ids, now=now)


def first_password(login: str, name: str, password: str) -> str:
    """The hash of the first administrator's password, about 0.2 s of work. Raises Invalid."""
    wrong = [*problems(login, name), *passwords.problems(password, login)]
    if wrong:
        raise Invalid(wrong)
    return passwords.hashed(password)


def first(
    session: Session,
    login: str,
    name: str,
    password_hash: str,
    area_ids: Collection[str],
    *,
    now: datetime,
) -> Who:
    """Somebody on a server without people. Raises WrongState when somebody is there."""
    if session.scalars(select(Person.id).limit(1)).first() is not None:
        raise WrongState("Máy chủ đã có người dùng; quản trị viên thêm người mới.")
    grants = [(Role.ADMINISTRATOR, area_id) for area_id in area_ids]
    person = _add(session, login, name, grants, now)
    person.password_hash = password_hash
    session.flush()
    audit.record(session, None, "person.found", "person", person.id, now=now)
    return who(session, person.id)


def create(
    session: Session, asking: Who, *, login: str, name: str, grants: Grants, now: datetime
) -> Person:
    """A new account, without a password until its reset link is used.

    Raises Invalid, and NotFound for a grant outside the administrator's own areas.
    """
    login = entered.line(login).casefold()
    wrong = problems(login, name)
    if session.scalars(select(Person.id).where(Person.login == login)).first() is not None:
        wrong.append(Problem("login", "Tên đăng nhập này đã có người dùng."))
    if not grants:
        wrong.append(Problem("grants", "Chọn ít nhất một vai trò và nơi phụ trách."))
    if wrong:
        raise Invalid(wrong)
    require(session, asking, Permission.MANAGE_PEOPLE, areas_of(grants), local_day(now))
    person = _add(session, login, name, grants, now)
    _record(session, asking, "person.create", person, now=now, grants=grants)
    return person


def deactivate(session: Session, asking: Who, person_id: str, *, now: datetime) -> None:
    """The person may not sign in any more, and is signed out everywhere; history stays."""
    person = managed(session, asking, person_id, now=now)
    if person.id == asking.person_id:
        raise WrongState("Không tự khóa tài khoản của mình được.")
    if not person.active:
        return
    places = areas_of(held(session, person.id))
    person.active = False
    signing_in.sign_out_everywhere(session, person.id)
    session.execute(delete(ResetLink).where(ResetLink.person_id == person.id))
    _record(session, asking, "person.deactivate", person, now=now)
    leave_an_administrator(session, places, now=now)


def reactivate(session: Session, asking: Who, person_id: str, *, now: datetime) -> None:
    """The person may sign in again, with the roles they had and a password they set anew."""
    person = managed(session, asking, person_id, now=now)
    if person.active:
        return
    person.active, person.password_hash = True, None
    _record(session, asking, "person.reactivate", person, now=now)


def make_reset_link(session: Session, asking: Who, person_id: str, *, now: datetime) -> str:
    """The token of a link by which the person sets a password, once.

    It lives for signing_in.RESET_LIVES, for a newcomer for INVITATION_LIVES.
    """
    person = managed(session, asking, person_id, now=now)
    if not person.active:
        raise WrongState("Tài khoản đang khóa. Hãy mở khóa rồi tạo đường dẫn.")
    token = signing_in.link_for(session, asking, person, now=now)
    _record(session, asking, "person.reset_link", person, now=now)
    return token


def problems(login: str, name: str) -> list[Problem]:
    """What is wrong with a login (in small letters) or a name; fields `login` and `name`."""
    return list(_each_problem(login, name))


def _each_problem(login: str, name: str) -> Iterator[Problem]:
    if not LOGIN.fullmatch(login):
        yield Problem(
            "login",
            "Tên đăng nhập gồm 3 đến 60 chữ không dấu, số, dấu chấm hoặc gạch, ví dụ lan.suoimay.",
        )
    if not 1 <= len(entered.line(name)) <= 120:
        yield Problem("name", "Nhập họ tên, tối đa 120 ký tự.")


def _add(session: Session, login: str, name: str, grants: Grants, now: datetime) -> Person:
    name = entered.line(name)
    person = Person(
        id=new_id(now),
        login=login,
        name=name,
        folded=folded(name),
        active=True,
        created_at=now,
    )
    session.add(person)
    session.flush()
    for role, area_id in set(grants):
        session.add(Grant(person_id=person.id, role=role, area_id=area_id))
    session.flush()
    return person


def _record(
    session: Session,
    asking: Who,
    action: str,
    person: Person,
    *,
    now: datetime,
    grants: Grants = (),
) -> None:
    after = {"login": person.login, "grants": sorted(grants)}
    audit.record(session, asking, action, "person", person.id, now=now, after=after)
