"""The sample province: complete, made once, and nobody's password kept."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from msgspec import structs
from sqlalchemy import select

from contract.windows import ALL_DAY
from controller import areas
from controller.broker.roster import read_accounts
from controller.demo import sample
from controller.demo.layout import Layout, fresh_secrets
from controller.demo.seeding import Login, area_id, seed, station_secret
from controller.model import AuditLine, Grant, Person, Role, Station
from controller.passwords import matches
from controller.settings import Settings
from controller.station_secret import matches as opens
from controller.store import Store, migrate

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
TODAY = date(2026, 11, 2)
STATIONS = sample.stations(in_suoi_may=3, in_na_may=2)


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    settings = structs.replace(Settings(), data=tmp_path_factory.mktemp("seeding"))
    return Layout(settings=settings, web_port=1, broker_port=1, secrets=fresh_secrets())


@pytest.fixture(scope="module")
def store(layout: Layout) -> Iterator[Store]:
    with closing(Store(layout.settings.database)) as made:
        migrate.upgrade(made)
        yield made


@pytest.fixture(scope="module")
def logins(store: Store, layout: Layout) -> list[Login]:
    """Seeded once: hashing everybody's password takes more than a second."""
    return seed(store, layout, STATIONS, NOW)


def test_there_are_people_in_every_role_that_the_road_needs(store: Store, layout: Layout) -> None:
    logins = seed(store, layout, STATIONS, NOW)
    with store.reading() as session:
        roles = set(session.scalars(select(Grant.role)))
        hashes = {row.login: row.password_hash for row in session.scalars(select(Person))}

    assert roles >= {Role.OFFICER, Role.APPROVER, Role.STAFF, Role.TECHNICIAN}
    assert {each.login for each in logins} == set(hashes)
    assert matches(logins[1].password, hashes[logins[1].login])


def test_a_second_start_makes_nothing_and_shows_no_password(
    store: Store, layout: Layout, logins: list[Login]
) -> None:
    with store.reading() as session:
        before = session.query(AuditLine).count()

    assert seed(store, layout, STATIONS, NOW) == []
    with store.reading() as session:
        assert session.query(AuditLine).count() == before


def test_stations_hold_secrets_that_the_server_knows_only_as_hashes(
    store: Store, layout: Layout, logins: list[Login]
) -> None:
    with store.reading() as session:
        hashes = {row.id: row.secret_hash for row in session.scalars(select(Station))}
    assert set(hashes) == {each.id for each in STATIONS}
    assert all(opens(station_secret(layout, name), hashed) for name, hashed in hashes.items())


def test_the_sample_may_be_heard_at_any_hour(
    store: Store, layout: Layout, logins: list[Login]
) -> None:
    with store.reading() as session:
        commune = area_id(session, sample.SUOI_MAY)
        assert areas.permitted_windows(session, [commune], TODAY) == {commune: ALL_DAY}


def test_the_broker_lets_each_station_hear_its_commune_khu_vuc_and_province(
    store: Store, layout: Layout, logins: list[Login]
) -> None:
    with store.reading() as session:
        accounts = {each.station: each for each in read_accounts(session, TODAY)}
        lying_in = tuple(
            area_id(session, key) for key in (sample.NA_MAY, sample.ZONE, sample.PROVINCE)
        )
    assert accounts["na-may-1"].areas == lying_in
    assert len(accounts) == len(STATIONS)
