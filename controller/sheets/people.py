"""People: a list of newcomers from a workbook, invited all or none; it never holds a password."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct, structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import entered, people
from controller.errors import Invalid
from controller.model import Area, Person, Role
from controller.model.folding import folded
from controller.permissions import Permission, Who
from controller.sheets import places
from controller.sheets.places import Named
from controller.sheets.table import Line, Wrong, table
from scheduler.problem import Problem

HEADS: Mapping[str, str] = {
    "name": "Họ tên",
    "login": "Tên đăng nhập",
    "role": "Vai trò",
    "area": "Nơi phụ trách",
}
MOST = 500
"""People at once: the page that follows shows a link for each, to be handed over by hand."""


class Given(Struct, frozen=True):
    """A role over a place."""

    role: Role
    area_id: str
    area: str


class Newcomer(Struct, frozen=True):
    """Somebody to be invited; several rows with one login are one person of several roles."""

    login: str
    name: str
    given: tuple[Given, ...]


class Checked(Struct, frozen=True):
    """Who would be invited, and every problem; with a problem nobody is."""

    wanted: list[Newcomer]
    wrong: list[Wrong]


class Invited(Struct, frozen=True):
    """A new account, and the token of the link by which its holder sets a password."""

    person: Person
    token: str


def check(
    session: Session,
    asking: Who,
    rows: Sequence[Sequence[str]],
    roles: Mapping[Role, str],
    now: datetime,
) -> Checked:
    """Look at every cell; nothing is written. `roles` says how each role is called."""
    found = table(rows, HEADS, ())
    named = places.reachable(session, asking, Permission.MANAGE_PEOPLE, now)
    taken = set(session.scalars(select(Person.login)))
    wanted: dict[str, Newcomer] = {}
    wrong = list(found.wrong)
    for line in found.lines:
        one, problems = _line(line, named, roles)
        if line.text("login").casefold() in taken:
            problems.append(line.wrong("login", "Tên đăng nhập này đã có người dùng."))
        wrong += problems
        if one is None:
            continue
        earlier = wanted.get(one.login)
        if earlier is not None and folded(earlier.name) != folded(one.name):
            told = f"Tên đăng nhập “{one.login}” đã ghi cho {earlier.name} ở dòng trên."
            wrong.append(line.wrong("login", told))
        elif earlier is not None:
            both = tuple(dict.fromkeys(earlier.given + one.given))
            one = structs.replace(earlier, given=both)
        wanted[one.login] = one
    if not wrong and not wanted:
        wrong.append(Wrong(2, 0, "Chưa có dòng nào dưới tên các cột."))
    if len(wanted) > MOST:
        wrong.append(Wrong(0, 0, f"Mỗi lần mời tối đa {MOST} người: chia thành nhiều bảng tính."))
    return Checked(list(wanted.values()), sorted(wrong))


def invite_all(
    session: Session,
    asking: Who,
    rows: Sequence[Sequence[str]],
    roles: Mapping[Role, str],
    now: datetime,
) -> list[Invited]:
    """Invite everybody of the list. Raises Invalid when a cell is wrong by now."""
    checked = check(session, asking, rows, roles, now)
    if checked.wrong:
        raise Invalid([Problem("file", each.message) for each in checked.wrong])
    made = []
    for one in checked.wanted:
        grants = [(each.role, each.area_id) for each in one.given]
        person = people.create(
            session, asking, login=one.login, name=one.name, grants=grants, now=now
        )
        token = people.make_reset_link(session, asking, person.id, now=now)
        made.append(Invited(person, token))
    return made


def _line(
    line: Line, named: Named, roles: Mapping[Role, str]
) -> tuple[Newcomer | None, list[Wrong]]:
    login, name = line.text("login").casefold(), entered.line(line.text("name"))
    wrong = [line.wrong(each.field, each.message) for each in people.problems(login, name)]
    by_word = {folded(word): role for role, word in roles.items()}
    role = by_word.get(folded(line.text("role")))
    if role is None:
        told = f"Vai trò là một trong: {', '.join(roles.values())}."
        wrong.append(line.wrong("role", told))
    area = places.meant(line, named, "Ghi tên xã, thôn hoặc đơn vị mà người này phụ trách.")
    if isinstance(area, Wrong):
        wrong.append(area)
    if role is None or not isinstance(area, Area) or wrong:
        return None, wrong
    return Newcomer(login, name, (Given(role, area.id, area.name),)), []
