"""Grants: roles that administrators give and take back inside their own areas, one at a time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from controller import audit, signing_in
from controller.areas import local_day
from controller.errors import NotFound, WrongState
from controller.model import Area, Grant, Role
from controller.permissions import Permission, Who, holders, require
from controller.reach import held, seen

Grants = Collection[tuple[Role, str]]
"""Pairs of a role and the id of the area over which it is held."""


def give(
    session: Session, asking: Who, person_id: str, role: Role, area_id: str, *, now: datetime
) -> None:
    """One role more, from now on; given twice is given once.

    Raises NotFound outside the administrator's areas, WrongState for one's own account.
    """
    _check(session, asking, person_id, area_id, now)
    before = held(session, person_id)
    if (role, area_id) in before:
        return
    session.add(Grant(person_id=person_id, role=role, area_id=area_id))
    session.flush()
    _record(session, asking, "person.give", person_id, before, now=now)


def take_back(
    session: Session, asking: Who, person_id: str, role: Role, area_id: str, *, now: datetime
) -> None:
    """One role less at once: the person is signed out, so that no open page promises it still.

    Raises NotFound, and WrongState for one's own, for a person's only role, and when nobody
    would be left to manage the people of the place.
    """
    _check(session, asking, person_id, area_id, now)
    before = held(session, person_id)
    if (role, area_id) not in before:
        return
    if len(before) == 1:
        raise WrongState(
            "Người này chỉ có một vai trò. Hãy giao vai trò khác trước hoặc khóa tài khoản."
        )
    session.delete(session.get_one(Grant, (person_id, role, area_id)))
    session.flush()
    signing_in.sign_out_everywhere(session, person_id)
    _record(session, asking, "person.take_back", person_id, before, now=now)
    leave_an_administrator(session, {area_id}, now=now)


def leave_an_administrator(session: Session, area_ids: Collection[str], *, now: datetime) -> None:
    """Raises WrongState when nobody could manage the people of one of the areas any more.

    Asked after the change was recorded: who writes the audit waits for whoever writes it now, so
    two administrators who remove each other at the same moment do not both succeed.
    """
    day = local_day(now)
    for area_id in area_ids:
        closed = session.get_one(Area, area_id).valid_to
        if closed is not None and closed <= day:
            continue
        if not holders(session, Permission.MANAGE_PEOPLE, area_id, day):
            raise WrongState("Phải còn ít nhất một quản trị viên cho nơi này.")


def _check(session: Session, asking: Who, person_id: str, area_id: str, now: datetime) -> None:
    person = seen(session, asking, person_id, now=now)
    if not person.active:
        raise NotFound("person", person_id)
    require(session, asking, Permission.MANAGE_PEOPLE, [area_id], local_day(now))
    if person_id == asking.person_id:
        raise WrongState("Không tự đổi quyền của mình được; nhờ một quản trị viên khác.")


def _record(
    session: Session, asking: Who, action: str, person_id: str, before: Grants, *, now: datetime
) -> None:
    audit.record(
        session,
        asking,
        action,
        "person",
        person_id,
        now=now,
        before={"grants": before},
        after={"grants": held(session, person_id)},
    )
