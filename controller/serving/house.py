"""The programs of a server on one machine, brought up step by step and taken down in reverse."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from controller.demo.layout import Layout
from controller.demo.progress import step
from controller.demo.village import start_server, write_settings
from controller.keys.files import FileSigner
from controller.launch.directory import held, private
from controller.launch.supervisor import Supervisor
from controller.serving import beside
from controller.serving.virtual import VirtualStations
from controller.store import Store
from controller.store.prepare import prepare


@dataclass(frozen=True, slots=True)
class House:
    """A running server."""

    layout: Layout
    store: Store
    supervisor: Supervisor
    virtual: VirtualStations


@contextmanager
def running(layout: Layout) -> Iterator[House]:
    """Bring everything up; leaving the block stops it all.

    Raises LaunchError, BrokerMissing and OSError, for the person at the terminal.
    """
    data, address = layout.data, (layout.settings.web_host, layout.web_port)
    with (
        private(data),
        held(data),
        socket.create_server(address) as door,
        closing(Store(layout.settings.database)) as store,
    ):
        with step("cơ sở dữ liệu và địa bàn cả nước"):
            prepare(store, datetime.now(UTC))
            FileSigner(layout.settings.keys)  # makes the keys and trust.json
        write_settings(layout, store)
        with Supervisor(data) as supervisor:
            start_server(layout, store, supervisor, door)
            virtual = VirtualStations(layout, store, supervisor)
            virtual.look()
            if layout.settings.sandbox_port is not None:
                supervisor.start(beside.sandbox(layout, layout.settings.sandbox_port))
            yield House(layout, store, supervisor, virtual)
