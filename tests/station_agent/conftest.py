"""Real parts for the agent's tests: a broker on a free port, a server of recordings."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.board import FirmwareBoard, firmware_board
from tests.fakes.broker import Broker
from tests.fakes.issuer import Issuer
from tests.fakes.media import MediaServer
from tests.fakes.station import Station


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    found = Broker(tmp_path)
    found.start()
    yield found
    found.kill()


@pytest.fixture
def media() -> Iterator[MediaServer]:
    server = MediaServer()
    yield server
    server.close()


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def station(tmp_path: Path, broker: Broker, media: MediaServer) -> Iterator[Station]:
    """A station process of its own, not started yet; its server's messages are a second old."""
    found = Station(tmp_path, broker, media, Issuer(datetime.now(UTC) - timedelta(seconds=1)))
    yield found
    if found.process is not None:
        found.process.kill()
        found.process.wait()
    found.server.close()


@pytest.fixture
def board(tmp_path: Path) -> Iterator[FirmwareBoard]:
    """The I/O board: its true firmware on a serial line."""
    with firmware_board(tmp_path / "board") as running:
        yield running
