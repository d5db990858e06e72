"""Real parts for the agent's tests: a broker on a free port, a server of recordings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.broker import Broker
from tests.fakes.issuer import Issuer
from tests.fakes.media import MediaServer


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
