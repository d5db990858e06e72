"""The broker's door for other makers' boxes: TLS that old boxes speak, and a password each."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from controller.broker import mosquitto
from controller.broker.accounts import LAUNCHER, BoxAccount
from controller.broker.configuration import StationDoor
from controller.demo.free_ports import any_free_port
from controller.identity.authority import Authority
from controller.identity.broker_files import broker_files
from controller.station_secret import hash_secret
from tests.controller.broker.conftest import SECRETS
from tests.controller.broker.running import RunningBroker
from tests.fakes.broker import wait_until

BOX = BoxAccount("sm-1", hash_secret("mine"), ("hop/H7/lenh",), ("hop/H7/trang-thai",))


class Door:
    """A broker with all three listeners."""

    def __init__(self, folder: Path) -> None:
        now = datetime.now(UTC)
        self.broker: RunningBroker
        self.port, self.directory = any_free_port(), folder / "broker"
        self._authority = Authority(folder / "identity", now)
        door = StationDoor("127.0.0.1", any_free_port(), self.port)
        mosquitto.prepare(self.directory, any_free_port(), SECRETS, [BOX], door)
        mosquitto.furnish(self.directory, broker_files(self._authority, (), now))

    def welcome(self, secret: str, newest: ssl.TLSVersion) -> str:
        """What the broker says to the box with this secret, over no newer TLS."""
        with self.call(secret, newest) as said:
            return said[0]

    @contextmanager
    def call(self, secret: str, newest: ssl.TLSVersion) -> Iterator[list[str]]:
        """What the broker says to it as long as it stays, first its welcome."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(cadata=self._authority.pem)
        context.maximum_version = newest
        said: list[str] = []
        client = paho.Client(CallbackAPIVersion.VERSION2, "any", protocol=paho.MQTTv311)
        client.username_pw_set(BOX.user, secret)
        client.tls_set_context(context)

        def on_connect(*about: object) -> None:
            said.append(str(about[3]))

        def on_disconnect(*about: object) -> None:
            said.append("lost")

        client.on_connect, client.on_disconnect = on_connect, on_disconnect
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        try:
            wait_until(lambda: bool(said), "the broker says nothing")
            yield said
        finally:
            client.disconnect()
            client.loop_stop()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    made = Door(tmp_path)
    with RunningBroker(made.directory, SECRETS[LAUNCHER]) as made.broker:
        yield made


def test_a_box_comes_in_over_old_and_new_tls_with_its_password_only(door: Door) -> None:
    for newest in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        assert door.welcome("mine", newest) == "Success"
    assert door.welcome("other", ssl.TLSVersion.TLSv1_3) == "Not authorized"


def test_a_box_with_an_old_password_is_put_out(door: Door) -> None:
    with door.call("mine", ssl.TLSVersion.TLSv1_2) as said:
        mosquitto.admit(door.directory, [replace(BOX, secret_hash=hash_secret("other"))])
        mosquitto.reload(door.broker.process.pid)
        wait_until(lambda: len(said) > 2, "it stays")
        assert said[:3] == ["Success", "lost", "Not authorized"]
