"""A broker process under test, and a client that keeps what it is sent."""

import queue
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from controller.broker import mosquitto
from controller.broker.accounts import LAUNCHER
from controller.broker.owner import owner_for
from controller.broker.visit import answers

PATIENCE_S = 10.0


class RunningBroker:
    """Mosquitto as the launcher starts it: as the owner of its directory."""

    def __init__(self, directory: Path, health_secret: str) -> None:
        self.directory = directory
        conf = (directory / mosquitto.CONFIGURATION).read_text().splitlines()
        self.port = next(int(line.split()[1]) for line in conf if line.startswith("listener"))
        self._secret = health_secret

    def __enter__(self) -> "RunningBroker":
        self.start()
        return self

    def start(self) -> None:
        owner = owner_for(self.directory)
        self.process = subprocess.Popen(
            mosquitto.command(self.directory),
            user=owner.uid,
            group=owner.gid,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + PATIENCE_S
        while not answers(self.port, LAUNCHER, self._secret):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"broker did not start: {self.stop()}")
            time.sleep(0.02)

    def stop(self) -> str:
        self.process.terminate()
        return self.process.communicate(timeout=PATIENCE_S)[1]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class Client:
    """A paho client whose every call waits for the broker's answer."""

    def __init__(self, port: int, user: str, secret: str, client_id: str) -> None:
        self.got: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.lost = threading.Event()
        self._answers: queue.Queue[Any] = queue.Queue()
        made = paho.Client(CallbackAPIVersion.VERSION2, client_id, protocol=paho.MQTTv5)
        made.username_pw_set(user, secret)
        made.on_connect = lambda *a: self._answers.put(a[3])
        made.on_subscribe = lambda *a: self._answers.put(a[3])
        made.on_publish = lambda *a: self._answers.put(a[3])
        made.on_message = lambda _c, _u, m: self.got.put((m.topic, m.payload))
        made.on_disconnect = lambda *_: self.lost.set()
        stay = Properties(PacketTypes.CONNECT)
        stay.SessionExpiryInterval = 600
        made.connect("127.0.0.1", port, clean_start=False, properties=stay)
        made.loop_start()
        self._paho = made
        self.welcome = self._answers.get(timeout=PATIENCE_S)

    def subscribe(self, topic: str) -> None:
        self._paho.subscribe(topic, 1)
        self._answers.get(timeout=PATIENCE_S)

    def publish(self, topic: str, payload: bytes, retain: bool = False) -> Any:
        """The reason code of the broker's acknowledgement."""
        self._paho.publish(topic, payload, 1, retain)
        return self._answers.get(timeout=PATIENCE_S)

    def received(self) -> tuple[str, bytes]:
        return self.got.get(timeout=PATIENCE_S)

    def close(self) -> None:
        self._paho.disconnect()
        self._paho.loop_stop()
