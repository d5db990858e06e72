"""The hub on a real broker: nothing is forgotten, and nothing stops it."""

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import pytest

from contract import codec, topics
from contract.reports import Ack
from controller.events import Confirmed, Connected, Disconnected, Event, Nudged
from controller.hub import mqtt
from controller.hub.door import Door
from controller.hub.mqtt import MqttHub
from controller.incoming import Arrived
from tests.controller.village import NOW
from tests.fakes.broker import Broker, Server

ACK = Ack(station="sm-1", of="plan-1", topic="t", at=NOW)
TOPIC = "tt/1/station/sm-1/ack"
PLAN = "tt/1/station/sm-1/plan"
E = TypeVar("E")


class Listener:
    """A hub with its queue."""

    def __init__(self, port: int, events: "SimpleQueue[Event] | None" = None) -> None:
        self.events: SimpleQueue[Event] = events or SimpleQueue()
        self._passed: list[Event] = []
        door = Door("127.0.0.1", port, tls=False, user="controller", password=None)
        self.hub = MqttHub(door, self.events)
        self.hub.start()

    def next(self, kind: type[E]) -> E:
        """The next event of a kind; others wait for their turn to be asked for."""
        while True:
            for event in self._passed:
                if isinstance(event, kind):
                    self._passed.remove(event)
                    return event
            self._passed.append(self.events.get(timeout=20))


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(tmp_path)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def station(broker: Broker) -> Iterator[Server]:
    """Somebody at the other end."""
    station = Server(broker.port, PLAN, name="sm-1")
    yield station
    station.close()


def test_what_was_not_stored_comes_again_after_a_restart(broker: Broker, station: Server) -> None:
    first = Listener(broker.port)
    first.next(Connected)
    station.say(TOPIC, codec.encode(ACK))
    assert first.next(Arrived).payload == codec.encode(ACK)
    first.hub.stop()
    second = Listener(broker.port)
    assert second.next(Connected).session
    arrived = second.next(Arrived)
    assert arrived.topic == TOPIC
    second.hub.done(arrived.ticket)
    second.hub.stop()
    third = Listener(broker.port)
    third.next(Connected)
    station.say(TOPIC, b"later")
    assert third.next(Arrived).payload == b"later"
    third.hub.stop()


def test_what_stations_say_while_the_server_is_away_waits_for_it(
    broker: Broker, station: Server
) -> None:
    first = Listener(broker.port)
    first.next(Connected)
    station.say(TOPIC, b"0")
    first.hub.done(first.next(Arrived).ticket)  # subscribed, surely
    first.hub.stop()
    for number in (b"1", b"2", b"3"):
        station.say(TOPIC, number)
    second = Listener(broker.port)
    assert [second.next(Arrived).payload for _ in range(3)] == [b"1", b"2", b"3"]
    second.hub.stop()


def test_a_retained_message_is_found_by_who_comes_late(broker: Broker) -> None:
    listener = Listener(broker.port)
    listener.next(Connected)
    mid = listener.hub.publish(PLAN, b"plan", retained=True, expires_in_s=600)
    assert listener.next(Confirmed).mid == mid
    late = Server(broker.port, PLAN, name="sm-1")
    assert late.wait_for(lambda topic, _: topic == PLAN) == b"plan"
    late.close()
    listener.hub.stop()


def test_it_waits_for_a_broker_and_comes_back_to_it(broker: Broker) -> None:
    broker.kill()
    listener = Listener(broker.port)
    assert listener.hub.publish(PLAN, b"x", retained=True, expires_in_s=None) is None
    broker.start()
    assert not listener.next(Connected).session
    broker.kill()
    listener.next(Disconnected)
    assert listener.hub.publish(PLAN, b"x", retained=True, expires_in_s=None) is None
    broker.start()
    assert not listener.next(Connected).session, "this broker forgets"
    station = Server(broker.port, name="sm-1")
    station.say(TOPIC, b"after all that")
    assert listener.next(Arrived).payload == b"after all that"
    station.close()
    listener.hub.stop()


def test_a_nudge_is_heard(broker: Broker) -> None:
    listener = Listener(broker.port)
    listener.next(Connected)
    web = Server(broker.port, name="web-1")
    web.say(topics.NUDGE, b"")
    listener.next(Nudged)
    web.close()
    listener.hub.stop()


class Faulty(SimpleQueue[Event]):
    """Refuses one message, as a bug would."""

    def put(self, item: Event, block: bool = True, timeout: float | None = None) -> None:
        if isinstance(item, Arrived) and item.payload == b"poison":
            raise RuntimeError("a bug in a callback")
        super().put(item, block, timeout)


def test_an_error_in_a_callback_does_not_end_the_connection(
    broker: Broker, station: Server
) -> None:
    listener = Listener(broker.port, Faulty())
    listener.next(Connected)
    station.say(TOPIC, b"poison")
    station.say(TOPIC, b"food")
    assert listener.next(Arrived).payload == b"food"
    listener.hub.stop()


def test_a_ticket_of_a_lost_connection_is_worth_nothing(broker: Broker, station: Server) -> None:
    listener = Listener(broker.port)
    listener.next(Connected)
    station.say(TOPIC, b"1")
    old = listener.next(Arrived)
    listener.hub.stop()
    again = Listener(broker.port)
    again.next(Connected)
    again.hub.done(mqtt.Ticket(connection=0, mid=1, qos=1))
    again.hub.stop()
    last = Listener(broker.port)
    assert last.next(Arrived).payload == old.payload, "it was not acknowledged by mistake"
    last.hub.stop()


def test_it_notices_that_it_hears_nothing(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(broker.port)
    assert listener.hub.is_healthy(), "not connected yet: no reason to restart"
    listener.next(Connected)
    assert listener.hub.is_healthy()
    monkeypatch.setattr(mqtt, "DEAF_AFTER_S", 0)
    assert not listener.hub.is_healthy()
    listener.hub.stop()
