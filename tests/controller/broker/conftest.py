"""A real Mosquitto with our own configuration, and clients of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from controller.broker import mosquitto
from controller.broker.accounts import CONTROLLER, LAUNCHER, WEB, StationAccount
from controller.demo.free_ports import any_free_port
from controller.station_secret import hash_secret
from tests.controller.broker.running import Client, RunningBroker

SECRETS = {CONTROLLER: "c-secret", WEB: "w-secret", LAUNCHER: "h-secret"}
STATIONS = {"sm-01": "one", "nm-01": "two", "nm-02": "three"}
AREAS = {"sm-01": ("suoi-may", "tinh"), "nm-01": ("na-may", "tinh"), "nm-02": ("na-may", "tinh")}


def account(station: str) -> StationAccount:
    return StationAccount(station, hash_secret(STATIONS[station]), AREAS[station])


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    made = tmp_path / "có dấu cách" / "broker"
    accounts = [account("sm-01"), account("nm-01")]  # nm-02 is registered later
    mosquitto.prepare(made, any_free_port(), SECRETS, accounts)
    return made


@pytest.fixture
def broker(directory: Path) -> Iterator[RunningBroker]:
    with RunningBroker(directory, SECRETS[LAUNCHER]) as running:
        yield running


@pytest.fixture
def connect(broker: RunningBroker) -> Iterator[Callable[..., Client]]:
    with ExitStack() as stack:

        def make(user: str, secret: str = "", client_id: str = "") -> Client:
            client = Client(
                broker.port, user, secret or (SECRETS | STATIONS)[user], client_id or user
            )
            stack.callback(client.close)
            return client

        yield make
