"""Puts the sample province into a database; what is there already stays as it is."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas, passwords, people, stations
from controller.broker.owner import ourselves, write_secret
from controller.demo import sample
from controller.demo.layout import Layout
from controller.demo.sample import SamplePerson, SampleStation
from controller.model import Area, AreaKind, AreaWindow, Person, Role, Station
from controller.permissions import Who, who
from controller.store import Store

READABLE = "abcdefghkmnpqrstuvwxyz23456789"
"""No letter or digit that looks like another: people copy these from a terminal to a phone."""


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who was made in this start; the password is kept nowhere but with its reader."""

    name: str
    login: str
    password: str


def seed(
    store: Store, layout: Layout, wanted: Iterable[SampleStation], now: datetime
) -> list[Login]:
    """Make what is missing of the province. Gives the people that were made."""
    with store.writing() as session:
        places = _areas(session, now)
    asking, logins = _administrator(store, places, now)
    with store.writing() as session:
        logins += _others(session, asking, places, now)
        for station, secret in _stations(session, asking, places, wanted, now).items():
            layout.station(station).mkdir(parents=True, exist_ok=True)
            # before the commit: a station that nobody holds the secret of could never start
            write_secret(secret_file(layout, station), secret, ourselves())
    return logins


def station_secret(layout: Layout, station: str) -> str:
    """The secret of a station of this run. Raises FileNotFoundError for a foreign station."""
    return secret_file(layout, station).read_text()


def area_id(session: Session, key: str) -> str:
    """The id of one of the sample's areas."""
    (name,) = (each.name for each in sample.AREAS if each.key == key)
    return session.scalars(select(Area.id).where(Area.name == name)).one()


def _areas(session: Session, now: datetime) -> dict[str, str]:
    """The ids of the sample's areas by their keys."""
    found: dict[str, str] = {}
    for each in sample.AREAS:
        there = session.scalars(select(Area.id).where(Area.name == each.name)).first()
        parent = found[each.parent] if each.parent else None
        found[each.key] = there or _add(session, each.kind, each.name, parent, now)
    return found


def _add(session: Session, kind: AreaKind, name: str, parent: str | None, now: datetime) -> str:
    area = areas.add(session, kind=kind, name=name, parent_id=parent, code=None, now=now)
    if parent is None:  # a demonstration at any hour is heard at once
        session.add(AreaWindow(area_id=area.id, start="00:00", end="24:00"))
    return area.id


def _administrator(store: Store, places: dict[str, str], now: datetime) -> tuple[Who, list[Login]]:
    (first,) = (each for each in sample.PEOPLE if each.role is Role.ADMINISTRATOR)
    with store.reading() as session:
        there = session.scalars(select(Person.id).where(Person.login == first.login)).first()
        if there is not None:
            return who(session, there), []
    made = Login(first.name, first.login, _password())
    asking = people.found(
        store,
        login=made.login,
        name=made.name,
        password=made.password,
        area_ids=[places[first.area]],
        now=now,
    )
    return asking, [made]


def _others(session: Session, asking: Who, places: dict[str, str], now: datetime) -> list[Login]:
    there = set(session.scalars(select(Person.login)))
    missing = [each for each in sample.PEOPLE if each.login not in there]
    return [_person(session, asking, each, places, now) for each in missing]


def _person(
    session: Session, asking: Who, each: SamplePerson, places: dict[str, str], now: datetime
) -> Login:
    grants = [(each.role, places[each.area])]
    person = people.create(
        session, asking, login=each.login, name=each.name, grants=grants, now=now
    )
    made = Login(each.name, each.login, _password())
    person.password_hash = passwords.hashed(made.password)
    return made


def _stations(
    session: Session,
    asking: Who,
    places: dict[str, str],
    wanted: Iterable[SampleStation],
    now: datetime,
) -> dict[str, str]:
    """The secrets of the stations that were made."""
    there = set(session.scalars(select(Station.id)))
    return {
        each.id: stations.register(
            session, asking, places[each.area], each.name, code=each.id, now=now
        ).secret
        for each in wanted
        if each.id not in there
    }


def _password() -> str:
    """Three groups of four: 58 random bits, behind a limit of ten tries in fifteen minutes."""
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def secret_file(layout: Layout, station: str) -> Path:
    """Where this machine keeps the secret of a station that it runs."""
    return layout.station(station) / "secret"
