"""A box of another maker that speaks MQTT in its own words: the sample of docs/field.md."""

import json
from queue import Queue
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

PATIENCE_S = 10.0


class MqttBox:
    """Plays in no time whatever it is told to, and says so."""

    def __init__(self, port: int, user: str, secret: str, device: str) -> None:
        self.told: Queue[dict[str, Any]] = Queue()
        self._device = device
        self._ready: Queue[bool] = Queue()
        client = paho.Client(CallbackAPIVersion.VERSION2, user, protocol=paho.MQTTv311)
        client.username_pw_set(user, secret)
        client.on_connect = self._on_connect
        client.on_subscribe = lambda *_: self._ready.put(True)
        client.on_message = self._on_message
        client.connect("127.0.0.1", port)
        client.loop_start()
        self._client = client
        self._ready.get(timeout=PATIENCE_S)

    def say(self, **words: object) -> None:
        """Tell something."""
        body = json.dumps(words).encode()
        self._client.publish(f"hop/{self._device}/trang-thai", body, 1)

    def close(self) -> None:
        """Leave."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_connect(self, client: paho.Client, *_: object) -> None:
        client.subscribe(f"hop/{self._device}/lenh", 1)

    def _on_message(self, _client: paho.Client, _data: object, message: paho.MQTTMessage) -> None:
        told = json.loads(message.payload)
        if told["cmd"] == "play":
            self.say(id=told["id"], state="play")
            self.say(id=told["id"], state="done", sec=1.0)
        self.told.put(told)
