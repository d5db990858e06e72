"""The way in for stations from other machines, when this run has one."""

import ssl
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime

from controller.broker import mosquitto
from controller.broker.configuration import StationDoor
from controller.demo.layout import Layout
from controller.identity.authority import Authority
from controller.identity.broker_files import broker_files
from controller.identity.certificates import revoked
from controller.launch.program import Program
from controller.store import Store

ANSWER_WITHIN_S = 2.0


def broker_door(layout: Layout) -> StationDoor | None:
    """Where stations reach the broker; None: only on this machine."""
    settings = layout.settings
    if settings.stations_host is None:
        return None
    ports = settings.stations_broker_port, settings.boxes_broker_port
    return StationDoor("0.0.0.0", *ports)  # noqa: S104 - it is for others


def furnish(layout: Layout, store: Store) -> None:
    """What the broker's door needs, before the broker starts."""
    if layout.settings.stations_host is None:
        return
    now = datetime.now(UTC)
    with store.reading() as session:
        serials = [row.serial for row in revoked(session, now)]
    authority = Authority(layout.settings.identity, now)
    mosquitto.furnish(layout.broker, broker_files(authority, serials, now))


def door(layout: Layout, settings: dict[str, str]) -> Program:
    """Gunicorn with the door for claims, renewals and recordings."""
    address = f"https://127.0.0.1:{layout.settings.stations_port}/authority.pem"
    return Program(
        name="stations-door",
        argv=[sys.executable, "-m", "gunicorn", "-c", "python:web.station_server"],
        ready=lambda: _answers(address),
        settings=settings,
    )


def _answers(address: str) -> bool:
    """Whether somebody is there; who it is, stations find out for themselves."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(address, timeout=ANSWER_WITHIN_S, context=context) as reply:  # noqa: S310 - our own address
            return bool(reply.status == 200)
    except (OSError, urllib.error.URLError):
        return False
