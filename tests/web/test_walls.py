"""Walls between communes: each route that names a thing, asked by every role of another commune,
in pages and in the API.

The routes come from the application itself: one that is added tomorrow is tested by itself, and
one that names a new kind of thing fails until `THINGS` says where such a thing is found.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, Select, String, cast, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from controller.demo import sample
from controller.demo.seeding import area_id
from controller.model import (
    Airing,
    AlarmTemplate,
    ApiKey,
    Area,
    Bulletin,
    CalendarKey,
    Grant,
    Hook,
    HookDelivery,
    LexiconEntry,
    NoticeTemplate,
    OrderDelivery,
    Paper,
    Person,
    RelaySource,
    ReportMail,
    Station,
)
from controller.store import Store
from tests.web.caller import Caller
from web.guard import OPEN
from web.parts import parts

Ids = Callable[[str], Select[str]]


def under(column: ColumnElement[str], where: ColumnElement[str]) -> Ids:
    return lambda area: select(column).where(where == area)


THINGS: dict[str, Ids] = {
    "bulletin_id": under(Bulletin.id, Bulletin.area_id),
    "paper_id": lambda area: select(Paper.id).join(Bulletin).where(Bulletin.area_id == area),
    "airing_id": lambda area: select(Airing.id).join(Bulletin).where(Bulletin.area_id == area),
    "station_id": under(Station.id, Station.area_id),
    "order_id": lambda area: (
        select(OrderDelivery.order_id).distinct().join(Station).where(Station.area_id == area)
    ),
    "person_id": lambda area: (
        select(Person.id).join(Grant, Grant.person_id == Person.id).where(Grant.area_id == area)
    ),
    "source_id": under(RelaySource.id, RelaySource.area_id),
    "sent_id": lambda area: select(Bulletin.id).where(
        Bulletin.area_id != area, cast(Bulletin.targets, String).contains(area)
    ),
    "template_id": under(AlarmTemplate.id, AlarmTemplate.area_id),
    "notice_id": under(NoticeTemplate.id, NoticeTemplate.area_id),
    "area_id": under(Area.id, Area.id),
    "calendar_id": under(CalendarKey.id, CalendarKey.area_id),
    "key_id": under(ApiKey.id, ApiKey.area_id),
    "report_mail_id": under(ReportMail.id, ReportMail.area_id),
    "hook_id": under(Hook.id, Hook.area_id),
    "message_id": lambda area: select(HookDelivery.id).join(Hook).where(Hook.area_id == area),
    "entry_id": under(LexiconEntry.id, LexiconEntry.area_id),
}
"""How the things of a commune are found, by the name that a route has for one."""

OF_ALL = frozenset({"updates.act", "media.recording", "help.show", "no_more_mail.stop"})
"""Routes whose thing is no commune's: a rollout is the province's, what has a sha256 is the same
sound everywhere, help is everybody's, a link in a mail is its receiver's. tests/web/test_updates.py
and others say who may."""


@pytest.fixture(scope="module")
def store(app: Flask) -> Store:
    with app.app_context():
        return parts().store


@pytest.fixture(scope="module")
def places(store: Store) -> tuple[str, str]:
    with store.reading() as session:
        return area_id(session, sample.SUOI_MAY), area_id(session, sample.NA_MAY)


@pytest.fixture(scope="module")
def neighbour(app: Flask, places: tuple[str, str]) -> Caller:
    return Caller(app, places[1], "hang.xom")


@pytest.fixture(scope="module")
def owner(app: Flask, places: tuple[str, str]) -> Caller:
    return Caller(app, places[0], "nguoi.nha")


def naming_a_thing(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.endpoint not in OPEN | OF_ALL:
            yield rule


def addresses(session: Session, rule: Rule, place: str) -> list[str]:
    """The route of every such thing of a place."""
    names = re.findall(r"<(?:[^:<>]*:)?(\w+)>", rule.rule)
    unknown = set(names) - set(THINGS)
    assert not unknown, f"{rule}: say in THINGS where a {unknown} is found"
    ids = [session.scalars(THINGS[name](place)).all() for name in names]
    parts_of_it = re.split(r"<[^<>]*>", rule.rule)
    return [
        "".join(part + id_ for part, id_ in zip(parts_of_it, (*these, ""), strict=True))
        for these in product(*ids)
    ]


def test_whatever_a_route_names_is_not_there_for_the_neighbours(
    app: Flask, store: Store, places: tuple[str, str], neighbour: Caller
) -> None:
    asked = 0
    for rule in naming_a_thing(app):
        with store.reading() as session:
            wanted = addresses(session, rule, places[0])
        assert wanted, f"the sample province has nothing for {rule}"
        for address, method in product(wanted, rule.methods or ()):
            if method in ("GET", "POST"):
                assert neighbour.ask(rule, method, address) == 404, (method, address)
                asked += 1
    assert asked > 100


def test_it_is_there_for_the_people_of_the_place(
    app: Flask, store: Store, places: tuple[str, str], owner: Caller
) -> None:
    for rule in naming_a_thing(app):
        if "GET" in (rule.methods or ()):
            with store.reading() as session:
                wanted = addresses(session, rule, places[0])
            found = {owner.ask(rule, "GET", address) for address in wanted}
            assert found & {200, 303}, rule
