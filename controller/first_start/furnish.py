"""Furnishing: what the first person decides, step by step; each may be taken again until the end.

Every use case takes the session of a writing transaction and raises NotFound for whoever is not
that person, or when all is done.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from controller import areas, audit, people, stations
from controller import hours as area_hours
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.first_start.account import record
from controller.first_start.lock import step_of, underway
from controller.first_start.steps import LATER, ORDER, Step, after, number
from controller.model import Area, AreaKind, FirstStart, Grant, Person, Role, Station
from controller.permissions import Who, who
from scheduler.problem import Problem


def province(session: Session, asking: Who, area_id: str, *, now: datetime) -> None:
    """Over this province the first person is administrator."""
    row = mine(session, asking)
    found = session.get(Area, area_id)
    if found is None or found.kind != AreaKind.PROVINCE:
        raise Invalid([Problem("province", "Chọn một tỉnh, thành phố trong danh sách.")])
    if row.province_id != area_id:
        row.province_id, row.communes = area_id, []
        _grant(session, asking, Role.ADMINISTRATOR, [area_id])
        _grant(session, asking, Role.OFFICER, [])
    _taken(session, row, asking, Step.PROVINCE, now)


def communes(session: Session, asking: Who, area_ids: Sequence[str], *, now: datetime) -> None:
    """Here the server begins; in the first of them the first person may write notices."""
    row = mine(session, asking)
    there = {each.id for each in areas.children(session, str(row.province_id), local_day(now))}
    chosen = list(dict.fromkeys(each for each in area_ids if each in there))
    if not chosen:
        raise Invalid([Problem("communes", "Chọn ít nhất một xã, phường.")])
    row.communes = chosen
    _grant(session, asking, Role.OFFICER, chosen[:1])
    _taken(session, row, asking, Step.COMMUNES, now)


def hours(
    session: Session, asking: Who, wanted: Sequence[tuple[str, str]], *, now: datetime
) -> None:
    """When loudspeakers may sound, in the whole province of this server. Raises Invalid."""
    row = mine(session, asking)
    current = who(session, asking.person_id)
    area_hours.decide(session, current, str(row.province_id), wanted, now=now)
    _taken(session, row, asking, Step.HOURS, now)


def colleague(
    session: Session, asking: Who, name: str, login: str, *, now: datetime
) -> tuple[Person, str]:
    """Somebody who approves, for nobody approves their own; with the token of their invitation."""
    row = mine(session, asking)
    grants = [(Role.APPROVER, home(row))]
    person = people.create(session, asking, login=login, name=name, grants=grants, now=now)
    token = people.make_reset_link(session, asking, person.id, now=now)
    _taken(session, row, asking, Step.COLLEAGUE, now)
    return person, token


def station(session: Session, asking: Who, name: str, *, virtual: bool, now: datetime) -> Station:
    """The first loudspeaker cluster; a virtual one is a program of this server. Raises Invalid."""
    row = mine(session, asking)
    made = stations.register(session, asking, home(row), name, now=now).station
    made.virtual = virtual
    _taken(session, row, asking, Step.STATION, now)
    return made


def put_off(session: Session, asking: Who, step: Step, *, now: datetime) -> None:
    """Do without a step; without a first notice there is nothing more to do."""
    row = mine(session, asking)
    if step not in LATER:
        raise NotFound("step", step)
    if step in (Step.NOTICE, Step.LISTEN):
        finish(session, row, asking, now)
        return
    _move_on(row, step)
    facts = {"step": number(step)}
    audit.record(
        session, asking, "first_start.later", "server", "first_start", now=now, after=facts
    )


def finish(session: Session, row: FirstStart, asking: Who, now: datetime) -> None:
    """From now on everything works."""
    row.done_at = now
    audit.record(session, asking, "first_start.done", "server", "first_start", now=now)


def mine(session: Session, asking: Who) -> FirstStart:
    """The first start, locked, if it is this person's to go on with. Raises NotFound."""
    row = underway(session, asking.person_id, lock=True)
    if row is None:
        raise NotFound("page", "first start")
    return row


def home(row: FirstStart) -> str:
    """The commune in which the first things are made. Raises NotFound before it is chosen."""
    if not row.communes:
        raise NotFound("area", "")
    return row.communes[0]


def approvers(session: Session, row: FirstStart) -> list[Person]:
    """Who approves at home already."""
    held = select(Grant.person_id).where(Grant.role == Role.APPROVER, Grant.area_id == home(row))
    return list(session.scalars(select(Person).where(Person.id.in_(held)).order_by(Person.name)))


def stations_at_home(session: Session, row: FirstStart) -> list[Station]:
    """What stands there already."""
    return list(session.scalars(select(Station).where(Station.area_id == home(row))))


def _taken(session: Session, row: FirstStart, asking: Who, step: Step, now: datetime) -> None:
    _move_on(row, step)
    record(session, asking, step, now)


def _move_on(row: FirstStart, step: Step) -> None:
    """To the next step, unless it had come further already."""
    if ORDER.index(step_of(row)) <= ORDER.index(step):
        row.step = after(step) or step


def _grant(session: Session, asking: Who, role: Role, area_ids: Sequence[str]) -> None:
    """The first person has this role there, and nowhere else."""
    held = Grant.person_id == asking.person_id, Grant.role == role
    session.execute(delete(Grant).where(*held))
    session.add_all(Grant(person_id=asking.person_id, role=role, area_id=each) for each in area_ids)
    session.flush()
