"""The stations' door as gunicorn starts it: `gunicorn -c python:web.station_server`."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Flask

from controller.identity.authority import (
    CERTIFICATE,
    SERVER_CERTIFICATE,
    SERVER_SECRET,
    Authority,
)
from controller.settings import from_environment
from controller.store import Store
from web.station_door import create_door

_settings = from_environment()
_folder = Authority(_settings.identity, datetime.now(UTC)).folder

wsgi_app = "web.station_server:app()"
bind = [f"0.0.0.0:{_settings.stations_port}"]
worker_class = "gthread"
threads = 16  # a station fetches one file at a time; more wait in the kernel's queue
certfile = str(_folder / SERVER_CERTIFICATE)
keyfile = str(_folder / SERVER_SECRET)
ca_certs = str(_folder / CERTIFICATE)
cert_reqs = ssl.CERT_OPTIONAL  # a box that comes with a claim has none yet
control_socket_disable = True


def ssl_context(_config: Any, make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """TLS 1.3 only, as the broker's door."""
    context = make()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


app: Callable[[], Flask] = partial(create_door, _settings, Store(_settings.database))
