"""The server's MQTT client: paho behind the Hub port. Its callbacks only put events on a queue.

What paho does on its own and must not: it forgets its session at start, loses its
network thread to an exception in a callback, and acknowledges before anything is stored.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from functools import wraps
from queue import SimpleQueue
from typing import Any, ParamSpec

import paho.mqtt.client as mqtt
from msgspec import Struct
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from contract import topics
from controller.events import Confirmed, Connected, Disconnected, Event, Nudged
from controller.hub.door import Door
from controller.incoming import Arrived

log = logging.getLogger(__name__)

KEEPALIVE_S = 30
SESSION_EXPIRY_S = 7 * 86_400
"""What stations send while the server is away waits for it for a week."""

RECEIVE_MAXIMUM = 500
"""Messages that the broker may have on the way to us: one batch of the runtime."""

BEATS_WAITING = 10_000
"""Beats have no acknowledgement to hold them back; past this queue they are dropped."""

RECONNECT_S = (1, 30)
ECHO_EVERY_S = 30
DEAF_AFTER_S = 3 * ECHO_EVERY_S
"""We send ourselves a nudge; three that are not heard mean that paho's thread is dead."""

STOP_WITHIN_S = 5.0

P = ParamSpec("P")


class Ticket(Struct, frozen=True):
    """Which message, of which connection: numbers start again with each (trap 3)."""

    connection: int
    mid: int
    qos: int


def guarded(callback: Callable[P, None]) -> Callable[P, None]:
    """An exception in a callback would end paho's thread in silence (trap 4)."""

    @wraps(callback)
    def calm(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except Exception:
            log.exception("in an MQTT callback")

    return calm


class MqttHub:
    """A Hub on one broker. The user name is the client id; the session is kept for a week."""

    def __init__(self, door: Door, events: SimpleQueue[Event]) -> None:
        self._door, self._events = door, events
        self._connection = 0
        self._session = False
        self._opening: int | None = None  # the subscription that opens a connection
        self._also: tuple[str, ...] = ()
        self._heard_at = self._echo_at = time.monotonic()
        self._client = _client(door)
        self._client.on_connect = guarded(self._on_connect)
        self._client.on_subscribe = guarded(self._on_subscribe)
        self._client.on_disconnect = guarded(self._on_disconnect)
        self._client.on_message = guarded(self._on_message)
        self._client.on_publish = guarded(self._on_publish)

    def start(self) -> None:
        """Connect, and go on trying for ever; returns at once."""
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho's
        properties.SessionExpiryInterval = SESSION_EXPIRY_S
        properties.ReceiveMaximum = RECEIVE_MAXIMUM
        self._client.connect_async(
            self._door.host, self._door.port, KEEPALIVE_S, clean_start=False, properties=properties
        )
        self._client.loop_start()

    def publish(
        self, topic: str, payload: bytes, *, retained: bool, expires_in_s: int | None
    ) -> int | None:
        """Hand a message over, only while connected: paho would queue it in memory (trap 5)."""
        if not self._client.is_connected():
            return None
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # paho's
        if expires_in_s is not None:
            properties.MessageExpiryInterval = expires_in_s
        info = self._client.publish(topic, payload, qos=1, retain=retained, properties=properties)
        return info.mid if info.rc == mqtt.MQTT_ERR_SUCCESS else None

    def listen(self, filters: Collection[str]) -> None:
        """Those that are heard no more are left to the broker's accounts."""
        self._also = tuple(filters)
        if self._also and self._client.is_connected():
            self._client.subscribe([(name, SubscribeOptions(qos=1)) for name in self._also])

    def done(self, ticket: object) -> None:
        """Acknowledge, unless the message came over a connection that is no more (trap 3)."""
        if isinstance(ticket, Ticket) and ticket.connection == self._connection:
            self._client.ack(ticket.mid, ticket.qos)

    def is_healthy(self) -> bool:
        """Whether our own echo still comes back while we believe to be connected."""
        now = time.monotonic()
        if not self._client.is_connected():
            self._heard_at = now
            return True
        if now - self._echo_at >= ECHO_EVERY_S:
            self._echo_at = now
            self._client.publish(topics.NUDGE, b"", qos=0)
        return now - self._heard_at < DEAF_AFTER_S

    def stop(self) -> None:
        """Disconnect. paho waits for ever for what is not acknowledged (trap 8): we do not."""
        self._client.disconnect()
        stopping = threading.Thread(target=self._client.loop_stop, daemon=True)
        stopping.start()
        stopping.join(STOP_WITHIN_S)

    def _on_connect(
        self, client: mqtt.Client, _data: Any, flags: mqtt.ConnectFlags, reason: Any, _more: Any
    ) -> None:
        if reason.is_failure:
            log.warning("the broker refused us: %s", reason)
            return
        self._connection += 1
        self._heard_at = time.monotonic()
        # always: the session may be gone (trap 11)
        filters = [*topics.upward_filters(), topics.NUDGE, *self._also]
        _, self._opening = client.subscribe([(name, SubscribeOptions(qos=1)) for name in filters])
        self._session = flags.session_present

    def _on_subscribe(
        self, _client: mqtt.Client, _data: Any, mid: int, _reasons: Any, _more: Any
    ) -> None:
        """Only now nothing that stations say passes us by."""
        if mid == self._opening:
            self._events.put(Connected(session=self._session))

    def _on_disconnect(
        self, _client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _more: Any
    ) -> None:
        self._connection += 1  # tickets of the lost connection are worth nothing any more
        self._events.put(Disconnected(reason=str(reason)))

    def _on_message(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        self._heard_at = time.monotonic()
        ticket = Ticket(self._connection, message.mid, message.qos)
        if message.topic == topics.NUDGE:
            self._events.put(Nudged())
            self.done(ticket)
        elif message.qos > 0 or self._events.qsize() < BEATS_WAITING:
            self._events.put(Arrived(message.topic, bytes(message.payload), ticket))

    def _on_publish(
        self, _client: mqtt.Client, _data: Any, mid: int, _reason: Any, _more: Any
    ) -> None:
        self._events.put(Confirmed(mid=mid))


def _client(door: Door) -> mqtt.Client:
    client = mqtt.Client(
        CallbackAPIVersion.VERSION2, client_id=door.user, protocol=mqtt.MQTTv5, manual_ack=True
    )
    client.username_pw_set(door.user, door.password)
    client.reconnect_delay_set(*RECONNECT_S)
    if door.tls:
        client.tls_set()
    return client
