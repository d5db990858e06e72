"""The programs of a run on one machine, as the launcher must know them."""

import socket
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from contract.settings import Secret
from controller.broker import mosquitto
from controller.broker.accounts import CONTROLLER, LAUNCHER, WEB
from controller.broker.owner import owner_for
from controller.broker.visit import answers
from controller.demo.layout import Layout
from controller.launch.program import Program
from controller.model import StationState, WorkerBeat
from controller.roots.chain_file import CHAIN
from controller.store import Store

WEB_THREADS = 48
"""Live pages and downloads of stations wait in threads; one worker keeps memory small. Walls that
listen take some of them (TT_LIVE_STREAMS)."""

HEALTH_WITHIN_S = 2.0
HEALTH_EVERY_S = 10.0  # three misses make half a minute: nothing is killed for being busy


def broker(layout: Layout) -> Program:
    """Mosquitto; a damaged database is set aside. Raises BrokerMissing."""

    def mend(said: str) -> None:
        if mosquitto.refused_its_database(said):
            mosquitto.move_database_aside(layout.broker, datetime.now(UTC))

    return Program(
        name="broker",
        argv=mosquitto.command(layout.broker),
        ready=lambda: answers(layout.broker_port, LAUNCHER, layout.secrets[LAUNCHER]),
        check_every_s=HEALTH_EVERY_S,
        owner=owner_for(layout.broker),
        mend=mend,
    )


def controller(layout: Layout, store: Store) -> Program:
    """`python -m controller run`; ready when its loop has looked at its rows."""
    begun = datetime.now(UTC)

    def ready() -> bool:
        with store.reading() as session:
            return session.query(WorkerBeat).where(WorkerBeat.at >= begun).first() is not None

    return Program(
        name="controller",
        argv=[sys.executable, "-m", "controller", "run"],
        ready=ready,
        settings=server_settings(layout, CONTROLLER),
    )


def web(layout: Layout, door: socket.socket) -> Program:
    """Gunicorn with the pages, the API and the recordings; ready when /healthz says so.

    It answers at `door`, which listens already: nobody else can take its port, or answer for it.
    """
    gthread = ["--worker-class", "gthread", "--workers", "1", "--threads", str(WEB_THREADS)]
    leave = ["--graceful-timeout", "3"]  # seconds for requests in flight; downloads resume
    own = ["--no-control-socket"]  # it would lie in the home directory, shared by all runs
    return Program(
        name="web",
        argv=[
            sys.executable,
            "-m",
            "gunicorn",
            *gthread,
            *leave,
            *own,
            "--bind",
            f"fd://{door.fileno()}",
            "web.wsgi:app",
        ],
        ready=lambda: answers_http(f"{layout.web_address}/healthz"),
        check_every_s=HEALTH_EVERY_S,
        settings=server_settings(layout, WEB),
        inherits=(door.fileno(),),
    )


def station(layout: Layout, station_id: str, store: Store) -> Program:
    """`tt-station run`; ready when the server has heard from this start of it."""
    begun = datetime.now(UTC)
    config = layout.station_file(station_id)

    def ready() -> bool:
        with store.reading() as session:
            row = session.get(StationState, station_id)
            return (
                row is not None and row.online and row.seen_at is not None and row.seen_at > begun
            )

    return Program(
        name=station_id,
        argv=[sys.executable, "-m", "station_agent", "run", "--config", str(config)],
        ready=ready,
    )


def station_settings(
    layout: Layout, station_id: str, secret: str, sink: str, trust: str = CHAIN
) -> str:
    """The TOML file of a station. `secret` opens both the broker and the recordings.

    `trust` is the file in the folder of keys that tells it whom to obey.
    """
    home = layout.station(station_id)
    values = {
        "station": station_id,
        "broker_url": layout.broker_url,
        "media_url": layout.web_address,
        "secret": secret,
        "trust": str(layout.settings.keys.absolute() / trust),
        "data": str(home / "data"),
        "sink": sink,
        "capture": str(home / "capture"),
    }
    return "".join(f"{name} = {_toml(text)}\n" for name, text in values.items())


def server_settings(layout: Layout, user: str) -> dict[str, str]:
    """The variables of a process of the server, which speaks with the broker as `user`.

    Whatever was set holds for every process; what the launcher decides itself stands last.
    """
    given = structs.asdict(layout.settings)
    set_ = {
        f"TT_{name.upper()}": _text(value) for name, value in given.items() if value is not None
    }
    return set_ | {
        "TT_DATA": str(layout.data),
        "TT_BROKER_URL": layout.broker_url,
        "TT_BROKER_USER": user,
        "TT_BROKER_PASSWORD_FILE": str(layout.secret_file(user)),
        "TT_WEB_PORT": str(layout.web_port),
        "TT_PUBLIC_URL": layout.public_url,
    }


def _text(value: object) -> str:
    """A setting as a variable says it; files are found from anywhere."""
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Path):
        return str(value.absolute())
    return str(value).lower() if isinstance(value, bool) else str(value)


def _toml(text: str) -> str:
    """A basic string (toml.io v1.0.0): our values hold no control characters."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def answers_http(address: str) -> bool:
    """Whether a page is there, within two seconds."""
    try:
        with urllib.request.urlopen(address, timeout=HEALTH_WITHIN_S) as reply:  # noqa: S310 - our own http address
            return bool(reply.status == 200)
    except (OSError, urllib.error.URLError):
        return False
