"""A station that is registered while everything runs is let in, and only then."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract.topics import NUDGE
from controller import areas, stations
from controller.broker import mosquitto
from controller.broker.accounts import WEB
from controller.broker.doorkeeper import Doorkeeper, doorkeeping
from controller.broker.visit import answers
from controller.model import AreaKind, Station
from controller.station_secret import hash_secret
from controller.store import Store, migrate
from tests.controller.broker.running import Client, RunningBroker
from tests.fakes.broker import wait_until

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(f"sqlite:///{tmp_path}/tt.db")) as made:
        migrate.upgrade(made)
        yield made


def register(store: Store) -> tuple[str, str]:
    with store.writing() as session:
        commune = areas.add(
            session, kind=AreaKind.COMMUNE, name="Xã Mới", parent_id=None, code=None, now=NOW
        )
        made = stations.register(session, None, commune.id, "Cụm loa 1", now=NOW)
        return made.station.id, made.secret


def shut(store: Store, station: str) -> None:
    with store.writing() as session:
        session.get_one(Station, station).active = False


def renewed(store: Store, station: str) -> None:
    with store.writing() as session:
        session.get_one(Station, station).secret_hash = hash_secret("other")


def entered(connect: Callable[..., Client], port: int, user: str, secret: str) -> Client:
    """In once only, as soon as the broker has read its files."""
    wait_until(lambda: answers(port, user, secret), "it is not let in")
    return connect(user, secret=secret)


def test_a_new_station_is_let_in(
    store: Store, broker: RunningBroker, connect: Callable[..., Client]
) -> None:
    chore = Doorkeeper(store, broker.directory, lambda: broker.process.pid)
    assert chore(NOW) is False
    station, secret = register(store)
    assert connect(station, secret=secret).welcome.is_failure

    chore(NOW)

    assert any(not connect(station, secret=secret).welcome.is_failure for _ in range(200))


@pytest.mark.parametrize("away", [shut, renewed])
def test_who_holds_an_old_password_is_put_out(
    store: Store,
    broker: RunningBroker,
    connect: Callable[..., Client],
    away: Callable[[Store, str], object],
) -> None:
    broker_pid = lambda: broker.process.pid  # noqa: E731 - of both
    station, secret = register(store)
    Doorkeeper(store, broker.directory, broker_pid)(NOW)
    held = entered(connect, broker.port, station, secret)
    assert held.publish(f"tt/1/station/{station}/report", b"").value == 16  # nobody listens
    neighbour = connect(WEB)
    away(store, station)

    Doorkeeper(store, broker.directory, broker_pid)(NOW)  # one that has started since

    assert held.lost.wait(5)
    assert not neighbour.lost.is_set()
    assert neighbour.publish(NUDGE, b"").value == 16
    assert connect(station, secret=secret).welcome.is_failure


def test_nothing_is_written_when_no_station_has_changed(
    store: Store, broker: RunningBroker
) -> None:
    register(store)
    chore = Doorkeeper(store, broker.directory, lambda: broker.process.pid)
    chore(NOW)
    before = (broker.directory / "passwords").stat().st_ino

    chore(NOW)

    assert (broker.directory / "passwords").stat().st_ino == before


def test_a_broker_that_is_down_finds_the_accounts_at_its_start(
    store: Store, directory: Path
) -> None:
    station, _ = register(store)
    Doorkeeper(store, directory, lambda: None)(NOW)
    assert station in (directory / "passwords").read_text()


def test_a_broker_of_somebody_elses_is_left_alone(store: Store, tmp_path: Path) -> None:
    assert doorkeeping(store, tmp_path, tmp_path) == {}
    assert not (tmp_path / mosquitto.SERVERS).exists()
