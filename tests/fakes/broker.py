"""A real Mosquitto on a free loopback port, and a plain client that plays the server."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from controller.demo.free_ports import any_free_port


class Broker:
    """Starts, stops (with or without warning) and starts again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = any_free_port()
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\n"
            "use_username_as_clientid true\nset_tcp_nodelay true\nlog_type error\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it answers."""
        self._process = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(self._config)])
        wait_until(self._answers, "the broker does not answer")

    def kill(self) -> None:
        """Pull its plug; what it held is lost."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it answer nobody for a while: its connections stand, and nothing moves."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


class Server:
    """Publishes what a test wants stations to hear, and keeps what they say."""

    def __init__(self, port: int, *filters: str, name: str = "controller") -> None:
        self.heard: Queue[tuple[str, bytes]] = Queue()
        self._subscribed: Queue[bool] = Queue()
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion.MQTTv5
        )
        self._client.username_pw_set(name)
        self._client.on_message = self._on_message
        self._client.on_subscribe = lambda *_: self._subscribed.put(True)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        for one in filters:
            self._client.subscribe(one, qos=1)
            self._subscribed.get(timeout=10)

    def say(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Publish and wait until the broker has it."""
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(10)

    def wait_for(self, wanted: Callable[[str, bytes], bool], timeout_s: float = 20) -> bytes:
        """The payload of the first message from now on that is wanted; others are passed over."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            try:
                topic, payload = self.heard.get(timeout=max(0.01, until - time.monotonic()))
            except Empty:
                break
            if wanted(topic, payload):
                return payload
        raise AssertionError("what was waited for was not heard")

    def close(self) -> None:
        """Leave."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        self.heard.put((message.topic, bytes(message.payload)))


def wait_until(true: Callable[[], bool], otherwise: str, timeout_s: float = 20) -> None:
    """Return as soon as `true()`; fail with `otherwise` when it never is."""
    until = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < until, otherwise
        time.sleep(0.02)
