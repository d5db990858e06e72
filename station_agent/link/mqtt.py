"""The link over MQTT 5 with paho.

What is handed to paho may be lost or sent twice: both ends repeat themselves and know ids. paho's
callbacks run in a thread of ours and only put things on the inbox; they never raise, for an
exception would end that thread in silence.
"""

import logging
import random
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from contract.settings import Secret
from station_agent.errors import LinkError
from station_agent.inputs import Confirmed, Crashed, Delivery, Input, LinkDown, LinkUp

log = logging.getLogger(__name__)

KEEPALIVE_S = 25  # 20-30 s on mobile networks; the broker's will goes out at 1.5 times
SESSION_EXPIRY_S = 7 * 24 * 3600  # as long as a station may be without network
WILL_DELAY_S = 20  # a reconnect within it cancels the will: no alarm for a short break
WINDOW = 10  # messages handed to paho at once: it floods a new connection with all it has
RECEIVE_MAXIMUM = 20  # unacknowledged deliveries: bounds the inbox
STUCK_S = 3.0 * KEEPALIVE_S  # a confirmation owed for so long: the connection is dead, or paho is
PORTS = {"mqtt": 1883, "mqtts": 8883}  # IANA's
FAREWELL_S = 2.0  # for what is on its way when the agent stops


class Address(Struct, frozen=True, kw_only=True):
    """Where the broker is, and as whom to connect: the user name is the client id."""

    host: str
    port: int
    station: str
    password: Secret


def read_address(url: str, station: str, secret: Secret) -> Address:
    """Read `mqtts://host[:port]`, or `mqtt://[user[:password]@]host[:port]`.

    Without a password the secret is it; over TLS the certificate says who we are.

    Raises LinkError when the user is not the station: the broker would not let it speak.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise LinkError(f"địa chỉ máy chủ MQTT không đọc được: {error}") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise LinkError(
            "địa chỉ máy chủ MQTT phải có dạng mqtts://máy:cổng, "
            "hoặc mqtt://người-dùng:mật-khẩu@máy:cổng"
        )
    user = unquote(parts.username or station)
    if user != station:
        raise LinkError(f"người dùng MQTT phải là mã cụm loa {station!r}, không phải {user!r}")
    password = Secret(unquote(parts.password)) if parts.password else secret
    return Address(host=parts.hostname, port=port, station=station, password=password)


class MqttLink:
    """One client at a time, with a persistent session; made anew by `watch` if it is stuck.

    paho is never called under our lock: it calls us back under locks of its own (on_publish under
    that of its outgoing messages), and the two threads would wait for each other for good.
    """

    def __init__(
        self,
        address: Address,
        will: tuple[str, bytes],
        emit: Callable[[Input], None],
        stuck_s: float = STUCK_S,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._address, self._will, self._emit, self._tls = address, will, emit, tls
        self._stuck_s = stuck_s
        self._lock = threading.Condition()
        self._filters: tuple[str, ...] = ()
        self._on_the_way: dict[int, float] = {}
        self._overtaking: set[int] | None = None  # confirmed while `publish` still hands them over
        self._generation = 0  # of connections: a packet id means nothing to another one
        self._up = False
        self._stopping = False
        self._client: Client | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to connect; LinkUp follows, and again after each loss."""
        self._client = self._make()
        args = (self._client,)
        self._thread = threading.Thread(target=self._loop, args=args, name="mqtt", daemon=True)
        self._thread.start()

    def listen(self, filters: Sequence[str]) -> None:
        """Be subscribed to exactly these, now and after every connect."""
        with self._lock:
            gone = [old for old in self._filters if old not in filters]
            new = [one for one in filters if one not in self._filters]
            self._filters = tuple(filters)
            client = self._client if self._up else None
        if client is not None and gone:
            client.unsubscribe(gone)
        if client is not None:
            _subscribe(client, new)

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool) -> int | None:
        """Hand a message over; None when there is no link or enough is on its way already."""
        with self._lock:
            if not self._up or self._client is None or len(self._on_the_way) >= WINDOW:
                return None
            client, generation, self._overtaking = self._client, self._generation, set()
        info = client.publish(topic, payload, qos=qos, retain=retain)
        with self._lock:
            confirmed = info.mid in self._overtaking
            self._overtaking = None
            if info.rc is not MQTTErrorCode.MQTT_ERR_SUCCESS or generation != self._generation:
                return None
            if qos and not confirmed:
                self._on_the_way[info.mid] = time.monotonic()
        return info.mid

    def acknowledge(self, receipt: tuple[int, int]) -> None:
        """Tell the broker that a delivery is on our disk; a receipt of an old link is dropped."""
        generation, mid = receipt
        with self._lock:
            client = self._client if self._up and generation == self._generation else None
        if client is not None:
            client.ack(mid, 1)

    def watch(self) -> None:
        """Look whether the link still moves; begin anew when it does not."""
        now_s = time.monotonic()
        with self._lock:
            oldest_s = min(self._on_the_way.values(), default=now_s)
            dead = self._thread is not None and not self._thread.is_alive()
        if not self._stopping and (dead or now_s - oldest_s > self._stuck_s):
            log.warning("the link to the broker is stuck: a new one is made")
            self._abandon()
            self.start()

    def stop(self) -> None:
        """Wait a moment for what is on its way, then leave in order."""
        with self._lock:
            self._lock.wait_for(lambda: not (self._up and self._on_the_way), FAREWELL_S)
            self._stopping = True
        if self._client is not None:
            self._client.disconnect()
        if self._thread is not None:
            self._thread.join(FAREWELL_S)
        self._client = self._thread = None  # paho closes its socket pair when nobody holds it

    def _abandon(self) -> None:
        """Let a client go that may never answer; its thread is a daemon, and its words unheard."""
        old = self._client
        with self._lock:
            self._client = None
            self._lost()
        if old is not None:
            old.on_connect = old.on_disconnect = old.on_message = old.on_publish = None
            old.disconnect()

    def _make(self) -> Client:
        address = self._address
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=address.station,
            protocol=MQTTProtocolVersion.MQTTv5,
            manual_ack=True,
        )
        if self._tls is None:
            client.username_pw_set(address.station, address.password.reveal())
        else:
            client.tls_set_context(self._tls)
        client.max_inflight_messages_set(WINDOW)
        # every station with its own pace: after a broker's outage they must not come in step
        client.reconnect_delay_set(random.randint(1, 3), random.randint(20, 60))  # noqa: S311
        topic, payload = self._will
        client.will_set(topic, payload, qos=1, retain=True, properties=_will_properties())
        client.on_connect = self._guard(self._on_connect)
        client.on_disconnect = self._guard(self._on_disconnect)
        client.on_message = self._guard(self._on_message)
        client.on_publish = self._guard(self._on_publish)
        # while this is set, only paho's own thread writes; else whoever publishes would write too,
        # and two threads could each send a half of their packets
        client.on_socket_register_write = _leave_it_to_the_loop
        client.connect_async(
            address.host,
            address.port,
            keepalive=KEEPALIVE_S,
            clean_start=False,
            properties=_connect_properties(),
        )
        return client

    def _loop(self, client: Client) -> None:
        try:
            client.loop(timeout=0)  # makes the socket pair by which a publish wakes the loop
            client.loop_forever(retry_first_connection=True)
        except Exception as error:
            if client is self._client:
                self._emit(Crashed(f"mqtt: {error!r}"))

    def _guard(self, callback: Callable[..., None]) -> Callable[..., None]:
        """Keep a callback from raising into paho's thread; the error ends the agent instead."""

        def guarded(client: Client, _userdata: Any, *args: Any) -> None:
            try:
                if client is self._client:
                    callback(client, *args)
            except Exception as error:
                self._emit(Crashed(f"mqtt: {error!r}"))

        return guarded

    def _on_connect(self, client: Client, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            log.warning("the broker refuses: %s", reason)
            return
        with self._lock:
            self._generation += 1
            self._up = True
            self._on_the_way.clear()
            filters = self._filters
        _subscribe(client, filters)
        self._emit(LinkUp())

    def _on_disconnect(self, _client: Client, _flags: Any, reason: Any, _properties: Any) -> None:
        log.info("disconnected from the broker: %s", reason)
        with self._lock:
            self._lost()

    def _lost(self) -> None:
        """Idempotent, for paho tells a loss twice. What was to be acknowledged comes again."""
        if self._up:
            self._up = False
            self._generation += 1
            self._on_the_way.clear()
            self._lock.notify_all()
            self._emit(LinkDown())

    def _on_message(self, _client: Client, message: MQTTMessage) -> None:
        receipt = (self._generation, message.mid)
        self._emit(Delivery(message.topic, bytes(message.payload), receipt))

    def _on_publish(self, _client: Client, mid: int, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            log.warning("the broker does not take a message of ours: %s", reason)
        with self._lock:
            if self._on_the_way.pop(mid, None) is None and self._overtaking is not None:
                self._overtaking.add(mid)
            self._lock.notify_all()
        self._emit(Confirmed(mid))


def _leave_it_to_the_loop(*_: Any) -> None:
    """paho's loop is woken by its own socket pair, which `_loop` has it make."""


def _subscribe(client: Client, filters: Sequence[str]) -> None:
    if filters:
        client.subscribe([(one, SubscribeOptions(qos=1)) for one in filters])


def _connect_properties() -> Properties:
    properties = _properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = SESSION_EXPIRY_S
    properties.ReceiveMaximum = RECEIVE_MAXIMUM
    return properties


def _will_properties() -> Properties:
    properties = _properties(PacketTypes.WILLMESSAGE)
    properties.WillDelayInterval = WILL_DELAY_S
    return properties


def _properties(packet: int) -> Properties:
    return Properties(packet)  # type: ignore[no-untyped-call]  # paho leaves it untyped
