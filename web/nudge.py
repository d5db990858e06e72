"""Nudge: asks the controller over MQTT to look at its rows now. Fast when it works, harmless when
it does not: the controller looks by itself each second.
"""

from urllib.parse import unquote, urlsplit

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from contract.topics import NUDGE
from controller.settings import Settings

_PORTS = {"mqtt": 1883, "mqtts": 8883}
_LONGEST_PAUSE_S = 60  # a broker that is down for the night is not asked more often


class Nudge:
    """A connection that lives as long as the process; a call never waits and never fails."""

    def __init__(self, url: str, user: str, password: str | None) -> None:
        """`url` as in the settings; a name and password in it come before `user`, `password`."""
        place = urlsplit(url)
        user = unquote(place.username or user)
        self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=user, protocol=mqtt.MQTTv5
        )
        self._client.username_pw_set(user, unquote(place.password) if place.password else password)
        if place.scheme == "mqtts":
            self._client.tls_set()
        self._client.reconnect_delay_set(max_delay=_LONGEST_PAUSE_S)
        self._client.connect_async(
            place.hostname or "localhost", place.port or _PORTS[place.scheme]
        )
        self._client.loop_start()

    def __call__(self) -> None:
        """Say it, if there is a connection; QoS 0, for a late nudge is worth nothing."""
        if self._client.is_connected():
            self._client.publish(NUDGE, b"", qos=0)

    def close(self) -> None:
        """Take leave of the broker."""
        self._client.disconnect()
        self._client.loop_stop()


def silence() -> None:
    """The nudge of a server without a broker."""


def connect(settings: Settings) -> Nudge | None:
    """The nudge of these settings; None when no broker is named. Raises OSError, ValueError."""
    if settings.broker_url is None:
        return None
    file = settings.broker_password_file
    password = file.read_text().strip() if file else None
    return Nudge(settings.broker_url, settings.broker_user, password)
