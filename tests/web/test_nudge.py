"""The nudge to the controller: fast when the broker is there, harmless when it is not."""

import socket
import threading
from pathlib import Path

from contract.topics import NUDGE
from controller.broker import mosquitto
from controller.broker.accounts import CONTROLLER, LAUNCHER, WEB
from controller.demo.free_ports import any_free_port
from controller.settings import Settings
from tests.controller.broker.running import Client, RunningBroker
from web.nudge import Nudge, connect, silence

SECRETS = {CONTROLLER: "c-secret", WEB: "w-secret", LAUNCHER: "h-secret"}


def test_the_controller_hears_it_at_once(tmp_path: Path) -> None:
    mosquitto.prepare(tmp_path / "broker", any_free_port(), SECRETS, [])
    with RunningBroker(tmp_path / "broker", SECRETS[LAUNCHER]) as broker:
        controller = Client(broker.port, CONTROLLER, SECRETS[CONTROLLER], CONTROLLER)
        controller.subscribe(NUDGE)
        (tmp_path / "secret").write_text(SECRETS[WEB])
        settings = Settings(
            broker_url=f"mqtt://127.0.0.1:{broker.port}",
            broker_user=WEB,
            broker_password_file=tmp_path / "secret",
        )
        nudge = connect(settings)
        assert nudge is not None
        repeated = threading.Event()
        while controller.got.empty():  # before it is connected a nudge is dropped
            nudge()
            repeated.wait(0.02)
        assert controller.received() == (NUDGE, b"")
        nudge.close()
        controller.close()


def test_a_broker_that_is_down_harms_nobody() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        nudge = Nudge(f"mqtt://127.0.0.1:{nobody.getsockname()[1]}", "web-1", "x")
        nudge()
        nudge.close()


def test_without_a_broker_there_is_nothing_to_ask(settings: Settings) -> None:
    assert connect(settings) is None
    silence()
