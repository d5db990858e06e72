"""The link over a real Mosquitto: what is not acknowledged comes again, and it never stays down."""

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue

import pytest

from contract.settings import Secret
from station_agent.errors import LinkError
from station_agent.inputs import Confirmed, Delivery, Input, LinkDown, LinkUp
from station_agent.link.mqtt import WINDOW, MqttLink, read_address
from tests.fakes.broker import Broker, Server, wait_until

STATION = "suoi-may-01"
ORDERS, AREA = f"tt/1/station/{STATION}/order", "tt/1/area/suoi-may/order"
WILL = (f"tt/1/station/{STATION}/state", b"gone")


class Heard:
    """What the link puts on the inbox."""

    def __init__(self) -> None:
        self.inbox: SimpleQueue[Input] = SimpleQueue()

    def next(self, kind: type[Input]) -> Input:
        """The next of this kind; others before it are passed over."""
        while not isinstance(found := self.inbox.get(timeout=30), kind):
            pass
        return found

    def nothing_more(self) -> bool:
        try:
            self.inbox.get(timeout=0.3)
        except Empty:
            return True
        return False


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def server(broker: Broker) -> Iterator[Server]:
    found = Server(broker.port, "tt/1/#")
    yield found
    found.close()


@pytest.fixture
def make(broker: Broker, heard: Heard) -> Iterator[Callable[[], MqttLink]]:
    made: list[MqttLink] = []

    def build() -> MqttLink:
        address = read_address(f"mqtt://127.0.0.1:{broker.port}", STATION, Secret("x"))
        link = MqttLink(address, WILL, heard.inbox.put)
        link.listen([ORDERS, AREA])
        made.append(link)
        link.start()
        heard.next(LinkUp)
        return link

    yield build
    for link in made:
        link.stop()


Make = Callable[[], MqttLink]


def ready(server: Server, heard: Heard, link: MqttLink) -> None:
    """Return when the subscription stands."""

    def heard_one() -> bool:
        server.say(ORDERS, b"ready?")
        try:
            found = heard.inbox.get(timeout=0.2)
        except Empty:
            return False
        if isinstance(found, Delivery):
            link.acknowledge(found.receipt)
        return isinstance(found, Delivery)

    wait_until(heard_one, "no subscription")
    while not heard.nothing_more():
        pass


def test_a_message_comes_down_and_one_goes_up(make: Make, server: Server, heard: Heard) -> None:
    link = make()
    ready(server, heard, link)
    server.say(AREA, b"down")
    down = heard.next(Delivery)
    assert isinstance(down, Delivery)
    assert (down.topic, down.payload) == (AREA, b"down")
    token = link.publish(f"tt/1/station/{STATION}/ack", b"up", qos=1, retain=False)
    assert heard.next(Confirmed) == Confirmed(token)
    assert server.wait_for(lambda topic, _: topic.endswith("/ack")) == b"up"


def test_what_was_not_acknowledged_comes_again_after_a_restart(
    make: Make, server: Server, heard: Heard
) -> None:
    first = make()
    ready(server, heard, first)
    server.say(ORDERS, b"one")
    server.say(ORDERS, b"two")
    one = heard.next(Delivery)
    heard.next(Delivery)
    assert isinstance(one, Delivery)
    first.acknowledge(one.receipt)
    first.stop()
    make()
    again = heard.next(Delivery)
    assert isinstance(again, Delivery)
    assert again.payload == b"two"


def test_what_is_said_while_the_station_is_away_waits_for_it(
    make: Make, server: Server, heard: Heard
) -> None:
    first = make()
    ready(server, heard, first)
    first.stop()
    server.say(ORDERS, b"meanwhile")
    make()
    found = heard.next(Delivery)
    assert isinstance(found, Delivery)
    assert found.payload == b"meanwhile"


def test_a_receipt_of_an_old_connection_is_dropped(
    make: Make, server: Server, heard: Heard, broker: Broker
) -> None:
    link = make()
    ready(server, heard, link)
    server.say(ORDERS, b"before")
    old = heard.next(Delivery)
    assert isinstance(old, Delivery)
    broker.kill()
    heard.next(LinkDown)
    broker.start()
    heard.next(LinkUp)
    again = Server(broker.port, name="controller-2")
    ready(again, heard, link)
    again.say(ORDERS, b"after")
    link.acknowledge(old.receipt)  # the same packet id, perhaps, of another message
    link.stop()
    make()
    found = heard.next(Delivery)
    assert isinstance(found, Delivery)
    assert found.payload == b"after"
    again.close()


def test_no_more_than_a_window_is_handed_over_and_nothing_without_a_link(
    make: Make, heard: Heard, broker: Broker
) -> None:
    link = make()
    topic = f"tt/1/station/{STATION}/report"
    broker.kill()
    sent = [link.publish(topic, b"x", qos=1, retain=False) for _ in range(3 * WINDOW)]
    assert sum(token is not None for token in sent) <= WINDOW
    heard.next(LinkDown)
    assert link.publish(topic, b"x", qos=1, retain=False) is None


def test_a_busy_link_loses_nothing_and_never_freezes(
    make: Make, server: Server, heard: Heard
) -> None:
    link = make()
    ready(server, heard, link)
    count, topic = 80, f"tt/1/station/{STATION}/report"
    threading.Thread(target=lambda: [server.say(ORDERS, b"down") for _ in range(count)]).start()
    sent = confirmed = delivered = 0
    while confirmed < count or delivered < count:
        if sent < count and link.publish(topic, b"up", qos=1, retain=False) is not None:
            sent += 1
            continue
        event = heard.inbox.get(timeout=20)
        confirmed += isinstance(event, Confirmed)
        if isinstance(event, Delivery):
            delivered += 1
            link.acknowledge(event.receipt)
    assert (sent, delivered) == (count, count)


def test_it_listens_to_what_it_is_told_and_to_nothing_else(
    make: Make, server: Server, heard: Heard
) -> None:
    link = make()
    ready(server, heard, link)
    link.listen([ORDERS])
    link.publish(f"tt/1/station/{STATION}/ack", b"up", qos=1, retain=False)
    heard.next(Confirmed)  # the broker takes our packets in order: it has unsubscribed us
    server.say(ORDERS, b"ours")
    found = heard.next(Delivery)
    assert isinstance(found, Delivery)
    link.acknowledge(found.receipt)
    server.say(AREA, b"not ours")
    assert heard.nothing_more()


def test_a_link_that_moves_is_left_alone(make: Make, heard: Heard) -> None:
    link = make()
    link.watch()
    assert heard.nothing_more()
    link.stop()
    assert heard.next(LinkDown) == LinkDown()


def test_a_link_that_does_not_move_is_made_anew(broker: Broker, heard: Heard) -> None:
    address = read_address(f"mqtt://127.0.0.1:{broker.port}", STATION, Secret("x"))
    link = MqttLink(address, WILL, heard.inbox.put, stuck_s=0.2)
    link.start()
    heard.next(LinkUp)
    with broker.frozen():
        link.publish(f"tt/1/station/{STATION}/ack", b"x", qos=1, retain=False)

        def given_up() -> bool:
            link.watch()
            return not heard.inbox.empty()

        wait_until(given_up, "the link waits for ever")
        assert heard.next(LinkDown) == LinkDown()
    assert heard.next(LinkUp) == LinkUp()
    link.stop()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://x", "mqtt://"),
        ("mqtt://", "mqtt://"),
        ("mqtt://other@x", "mã cụm loa"),
        ("mqtt://x:99999", "không đọc được"),
    ],
)
def test_a_wrong_address_is_explained(url: str, words: str) -> None:
    with pytest.raises(LinkError, match=words):
        read_address(url, STATION, Secret("x"))


def test_an_address_may_hold_the_password() -> None:
    found = read_address("mqtt://suoi-may-01:m%C3%A1y@h:99", STATION, Secret("x"))
    assert (found.host, found.port, found.password.reveal()) == ("h", 99, "máy")
