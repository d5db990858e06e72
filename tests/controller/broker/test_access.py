"""What a client may reach on our own broker, tried on the real one."""

from collections.abc import Callable

import pytest

from controller.broker import mosquitto
from controller.broker.visit import answers, nudge
from controller.demo.free_ports import any_free_port
from tests.controller.broker.conftest import SECRETS, account
from tests.controller.broker.running import Client, RunningBroker

Connect = Callable[..., Client]
NOT_AUTHORIZED = 0x87  # MQTT 5.0 §3.4.2.1


def test_a_station_hears_its_own_plan_and_its_areas_emergencies(connect: Connect) -> None:
    station, controller = connect("sm-01"), connect("controller")
    for topic in ("tt/1/station/sm-01/plan", "tt/1/area/tinh/emergency/+"):
        station.subscribe(topic)

    controller.publish("tt/1/station/sm-01/plan", b"plan", retain=True)
    controller.publish("tt/1/area/tinh/emergency/e1", b"flood", retain=True)

    assert station.received() == ("tt/1/station/sm-01/plan", b"plan")
    assert station.received() == ("tt/1/area/tinh/emergency/e1", b"flood")


def test_a_wildcard_shows_a_station_nothing_of_its_neighbours(connect: Connect) -> None:
    station, controller = connect("sm-01"), connect("controller")
    station.subscribe("#")

    for topic in ("station/nm-01/plan", "area/na-may/order", "station/nm-01/report"):
        controller.publish(f"tt/1/{topic}", b"secret")
    controller.publish("tt/1/station/sm-01/receipt", b"mine")

    assert station.received() == ("tt/1/station/sm-01/receipt", b"mine")


@pytest.mark.parametrize(
    "topic",
    [
        "tt/1/station/nm-01/report",
        "tt/1/station/nm-01/state",
        "tt/1/station/sm-01/plan",
        "tt/1/area/suoi-may/emergency/e1",
        "tt/1/server/nudge",
    ],
)
def test_a_station_cannot_speak_for_anybody_else(connect: Connect, topic: str) -> None:
    assert connect("sm-01").publish(topic, b"forged").value == NOT_AUTHORIZED


def test_a_station_reports_on_its_own_topics(connect: Connect) -> None:
    controller, station = connect("controller"), connect("sm-01")
    controller.subscribe("tt/1/station/+/report")

    assert not station.publish("tt/1/station/sm-01/report", b"line").is_failure
    assert controller.received() == ("tt/1/station/sm-01/report", b"line")


def test_the_web_may_nudge_and_nothing_else(connect: Connect) -> None:
    web = connect("web-1")
    assert not web.publish("tt/1/server/nudge", b"").is_failure
    assert web.publish("tt/1/station/sm-01/plan", b"forged").value == NOT_AUTHORIZED


def test_a_nudge_reaches_the_controller(connect: Connect, broker: RunningBroker) -> None:
    controller = connect("controller")
    controller.subscribe("tt/1/server/nudge")
    nudge(broker.port, "launcher", SECRETS["launcher"])
    assert controller.received() == ("tt/1/server/nudge", b"")


def test_a_nudge_to_a_broker_that_is_down_is_harmless() -> None:
    nudge(any_free_port(), "launcher", "any")


def test_nobody_enters_without_the_right_secret(connect: Connect, broker: RunningBroker) -> None:
    assert connect("sm-01", secret="wrong").welcome.is_failure
    assert connect("stranger", secret="any").welcome.is_failure
    assert not answers(broker.port, "", "")


def test_a_station_cannot_steal_the_controllers_session(connect: Connect) -> None:
    controller = connect("controller")
    controller.subscribe("tt/1/station/+/report")

    thief = connect("sm-01", client_id="controller")

    assert not thief.welcome.is_failure  # it is let in, but under its own name
    thief.publish("tt/1/station/sm-01/report", b"line")
    assert controller.received() == ("tt/1/station/sm-01/report", b"line")
    assert not controller.lost.is_set()


def test_a_station_registered_later_is_let_in_after_a_reload(
    connect: Connect, broker: RunningBroker
) -> None:
    staying = connect("sm-01")

    mosquitto.admit(broker.directory, [account(name) for name in ("sm-01", "nm-01", "nm-02")])
    mosquitto.reload(broker.process.pid)

    late = connect_when_known(connect, "nm-02")
    assert not late.publish("tt/1/station/nm-02/report", b"born").is_failure
    assert not staying.lost.is_set()


def connect_when_known(connect: Connect, user: str) -> Client:
    """The broker reads its files soon after the signal, not within it."""
    for _ in range(200):
        client = connect(user)
        if not client.welcome.is_failure:
            return client
    raise AssertionError(f"{user} is still refused")
