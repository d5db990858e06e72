"""A Hub without a broker: keeps what was published, and plays the broker when a test says so."""

from collections.abc import Collection
from queue import SimpleQueue

from contract import codec, topics
from controller.events import Confirmed, Connected, Disconnected, Event
from controller.incoming import Arrived


class FakeHub:
    """What was published, oldest first; `retained` is what a late subscriber would find."""

    def __init__(self) -> None:
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.published: list[tuple[str, bytes]] = []
        self.retained: dict[str, bytes] = {}
        self.expiries: dict[str, int | None] = {}
        self.done_with: list[object] = []
        self.healthy = True
        self.listened: list[str] = []
        self._connected = False

    def start(self) -> None:
        """Nothing: a test connects it."""

    def publish(
        self, topic: str, payload: bytes, *, retained: bool, expires_in_s: int | None
    ) -> int | None:
        """Numbered from 1; None while disconnected."""
        if not self._connected:
            return None
        self.published.append((topic, payload))
        self.expiries[topic] = expires_in_s
        if retained:
            self.retained[topic] = payload
        return len(self.published)

    def listen(self, filters: Collection[str]) -> None:
        """Remember what is asked for."""
        self.listened = list(filters)

    def done(self, ticket: object) -> None:
        """Remember what was acknowledged."""
        self.done_with.append(ticket)

    def is_healthy(self) -> bool:
        """As the test wants it."""
        return self.healthy

    def stop(self) -> None:
        """Nothing."""

    def topics(self) -> list[str]:
        """Where it was published, in order."""
        return [topic for topic, _ in self.published]

    def trigger_connect(self, session: bool = True) -> None:
        """The broker takes the server in."""
        self._connected = True
        self.events.put(Connected(session=session))

    def trigger_disconnect(self) -> None:
        """The broker goes away with what was on the way."""
        self._connected = False
        self.events.put(Disconnected(reason="test"))

    def trigger_confirm(self, *mids: int) -> None:
        """The broker has these messages."""
        for mid in mids:
            self.events.put(Confirmed(mid=mid))

    def trigger_arrival(self, message: object, station: str, ticket: object = None) -> None:
        """A station says something on its own topic."""
        self.events.put(arrival(message, station, ticket))


def arrival(message: object, station: str, ticket: object = None) -> Arrived:
    """A message as the hub would hand it over."""
    channel = topics.Channel(type(message).__name__.lower())
    topic = topics.of(channel, "station", station)
    return Arrived(topic, codec.encode(message), ticket)
