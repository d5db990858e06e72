"""The whole system on one machine, brought up step by step and taken down in reverse."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from controller.areas import local_day
from controller.broker import mosquitto
from controller.broker.accounts import LAUNCHER, WEB
from controller.broker.owner import ourselves, write_secret
from controller.broker.roster import read_accounts
from controller.broker.visit import nudge
from controller.demo import programs, stations_door
from controller.demo.layout import Layout
from controller.demo.progress import say, step
from controller.demo.rooted import make_root
from controller.demo.sample import SampleStation
from controller.demo.seeding import Login, seed, station_secret
from controller.keys.files import FileSigner
from controller.launch.directory import held, private
from controller.launch.program import Program
from controller.launch.supervisor import Supervisor
from controller.store import Store
from controller.store.prepare import prepare


@dataclass(frozen=True, slots=True)
class Village:
    """A running system. `logins` are the people made in this start, with their passwords."""

    layout: Layout
    store: Store
    supervisor: Supervisor
    logins: Sequence[Login]

    def nudge(self) -> None:
        """Let the controller look at once, as the web does after each change."""
        nudge(self.layout.broker_port, LAUNCHER, self.layout.secrets[LAUNCHER])


MakeStation = Callable[[Layout, str, Store], Program]
"""The program of a station whose settings are written."""


@contextmanager
def running(
    layout: Layout,
    stations: Sequence[SampleStation],
    sink: str,
    make_station: MakeStation = programs.station,
    door: socket.socket | None = None,
) -> Iterator[Village]:
    """Bring everything up; leaving the block stops it all.

    `door` listens already and stays open; without it the address of the layout is taken.
    Raises LaunchError, BrokerMissing and OSError (as for a port that was just taken), for the
    person at the terminal.
    """
    data = layout.data
    address = (layout.settings.web_host, layout.web_port)
    with (
        private(data),
        held(data),
        nullcontext(door) if door else socket.create_server(address) as way_in,
        closing(Store(layout.settings.database)) as store,
    ):
        with step("cơ sở dữ liệu và địa bàn cả nước"):
            prepare(store, datetime.now(UTC))
            make_root(FileSigner(layout.settings.keys).trust, layout.settings.keys)
        with step("tỉnh mẫu"):
            logins = seed(store, layout, stations, datetime.now(UTC))
        _tell(logins)
        write_settings(layout, store)
        for each in stations:
            secret = station_secret(layout, each.id)
            text = programs.station_settings(layout, each.id, secret, sink)
            write_secret(layout.station_file(each.id), text, ourselves())
        with Supervisor(data) as supervisor:
            start_server(layout, store, supervisor, way_in)
            _start_stations(supervisor, [make_station(layout, s.id, store) for s in stations])
            yield Village(layout, store, supervisor, logins)


def _tell(logins: Sequence[Login]) -> None:
    """At once, whatever becomes of this start: nobody can show them again."""
    if logins:
        say("Tài khoản, mật khẩu chỉ hiện một lần này:")
    for each in logins:
        say(f"  {each.login:<17}{each.password:<16}{each.name}")


def write_settings(layout: Layout, store: Store) -> None:
    """Everything of the server that names this run's ports and secrets."""
    with store.reading() as session:
        accounts = read_accounts(session, local_day(datetime.now(UTC)))
    way_in = stations_door.broker_door(layout)
    mosquitto.prepare(layout.broker, layout.broker_port, layout.secrets, accounts, way_in)
    stations_door.furnish(layout, store)
    ours = ourselves()
    for user, secret in layout.secrets.items():
        write_secret(layout.secret_file(user), secret, ours)


def start_server(
    layout: Layout,
    store: Store,
    supervisor: Supervisor,
    door: socket.socket,
) -> None:
    """Broker, controller, web and the stations' door, each ready before the next."""
    with step("trạm chuyển tin MQTT"):
        supervisor.start(programs.broker(layout))
        supervisor.wait_ready("broker")
    with step("bộ điều khiển và trang web"):
        supervisor.start(programs.controller(layout, store), programs.web(layout, door))
        supervisor.wait_ready("controller")
        supervisor.wait_ready("web")
    if layout.settings.stations_host is not None:
        with step("cửa cho cụm loa ở nơi khác"):
            supervisor.start(stations_door.door(layout, programs.server_settings(layout, WEB)))
            supervisor.wait_ready("stations-door")


def _start_stations(supervisor: Supervisor, stations: Sequence[Program]) -> None:
    with step(f"{len(stations)} cụm loa"):
        supervisor.start(*stations)
        for each in stations:
            supervisor.wait_ready(each.name)
