"""People: accounts, what each may do and where; kept by administrators of their area."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, entered, passwords, signing_in
from controller.areas import local_day
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Area, Grant, Person, Role
from controller.permissions import Permission, Who, require, scope, who
from controller.store import Store
from scheduler.problem import Problem

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
Grants = Collection[tuple[Role, str]]


def names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """What these people are called, by id; also of those who have left."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {id_: name for id_, name in rows}  # noqa: C416 - typed rows


def found(
    store: Store, *, login: str, name: str, password: str, area_ids: Collection[str], now: datetime
) -> Who:
    """The first administrator of an empty server. Raises WrongState when somebody is there."""
    problems = [*_problems(login, name), *passwords.problems(password, login)]
    if problems:
        raise Invalid(problems)
    password_hash = passwords.hashed(password)
    grants = [(Role.ADMINISTRATOR, area_id) for area_id in area_ids]
    with store.writing() as session:
        if session.scalars(select(Person.id).limit(1)).first() is not None:
            raise WrongState("Máy chủ đã có người dùng; quản trị viên thêm người mới.")
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
    problems = _problems(login, name)
    if session.scalars(select(Person.id).where(Person.login == login)).first() is not None:
        problems.append(Problem("login", "Tên đăng nhập này đã có người dùng."))
    if not grants:
        problems.append(Problem("grants", "Chọn ít nhất một vai trò và nơi phụ trách."))
    if problems:
        raise Invalid(problems)
    require(session, asking, Permission.MANAGE_PEOPLE, _areas(grants), local_day(now))
    person = _add(session, login, name, grants, now)
    _record(session, asking, "person.create", person, now=now, grants=grants)
    return person


def regrant(
    session: Session, asking: Who, person_id: str, grants: Grants, *, now: datetime
) -> None:
    """Replace what a person may do. Raises NotFound, WrongState for one's own grants."""
    person = managed(session, asking, person_id, now=now)
    if person.id == asking.person_id:
        raise WrongState("Không tự đổi quyền của mình được; nhờ một quản trị viên khác.")
    require(session, asking, Permission.MANAGE_PEOPLE, _areas(grants), local_day(now))
    for grant in session.scalars(select(Grant).where(Grant.person_id == person_id)):
        session.delete(grant)
    session.flush()
    _grant(session, person, grants)
    _record(session, asking, "person.regrant", person, now=now, grants=grants)


def deactivate(session: Session, asking: Who, person_id: str, *, now: datetime) -> None:
    """The person may not sign in any more, and is signed out everywhere; history stays."""
    person = managed(session, asking, person_id, now=now)
    if person.id == asking.person_id:
        raise WrongState("Không tự khóa tài khoản của mình được.")
    person.active = False
    signing_in.sign_out_everywhere(session, person.id)
    _record(session, asking, "person.deactivate", person, now=now)


def make_reset_link(session: Session, asking: Who, person_id: str, *, now: datetime) -> str:
    """The token of a link by which the person sets a password, once, within 24 hours."""
    person = managed(session, asking, person_id, now=now)
    token = signing_in.link_for(session, asking, person.id, now=now)
    _record(session, asking, "person.reset_link", person, now=now)
    return token


def managed(session: Session, asking: Who, person_id: str, *, now: datetime) -> Person:
    """An active person all of whose grants lie in the administrator's areas. Raises NotFound.

    A grant over an area that is no more gives nothing, and keeps nobody from managing its holder.
    """
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound("person", person_id)
    places = _standing(session, _areas(who(session, person_id).grants), local_day(now))
    try:
        require(session, asking, Permission.MANAGE_PEOPLE, places, local_day(now))
    except NotFound as error:
        raise NotFound("person", person_id) from error
    if not places and not asking.areas_of(Permission.MANAGE_PEOPLE):
        raise NotFound("person", person_id)
    return person


def listed(session: Session, asking: Who, *, on: date) -> list[tuple[Person, list[Grant]]]:
    """The active people with a grant inside the administrator's areas, by name."""
    reach = scope(session, asking, Permission.MANAGE_PEOPLE, on)
    rows = session.execute(
        select(Person, Grant)
        .join(Grant, Grant.person_id == Person.id)
        .where(Person.active, Grant.area_id.in_(reach))
        .order_by(Person.name, Person.id, Grant.role)
    )
    people: dict[str, tuple[Person, list[Grant]]] = {}
    for person, grant in rows:
        people.setdefault(person.id, (person, []))[1].append(grant)
    return list(people.values())


def _problems(login: str, name: str) -> list[Problem]:
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
    person = Person(
        id=new_id(now),
        login=login,
        name=entered.line(name),
        active=True,
        created_at=now,
    )
    session.add(person)
    session.flush()
    _grant(session, person, grants)
    return person


def _grant(session: Session, person: Person, grants: Grants) -> None:
    for role, area_id in set(grants):
        session.add(Grant(person_id=person.id, role=role, area_id=area_id))
    session.flush()


def _areas(grants: Grants) -> set[str]:
    return {area_id for _, area_id in grants}


def _standing(session: Session, area_ids: set[str], on: date) -> set[str]:
    return area_ids - set(
        session.scalars(select(Area.id).where(Area.id.in_(area_ids), Area.valid_to <= on))
    )


def _record(
    session: Session,
    asking: Who,
    action: str,
    person: Person,
    *,
    now: datetime,
    grants: Grants = (),
) -> None:
    after = {"login": person.login, "grants": sorted(f"{role}@{area}" for role, area in grants)}
    audit.record(session, asking, action, "person", person.id, now=now, after=after)
